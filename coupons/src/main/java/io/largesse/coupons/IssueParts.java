package io.largesse.coupons;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * How far the parts of a grant are issued. A part moves on in the transaction that writes its coupons, so what it says is
 * what stands in the table of coupons.
 */
@Component
public class IssueParts {

    private final IssuePartMapper parts;

    IssueParts(IssuePartMapper parts) {
        this.parts = parts;
    }

    /** The parts of a grant, none before its codes are allotted. */
    public List<IssuePart> of(long grant) {
        return parts.of(grant);
    }

    /** How many coupons a grant has issued. */
    public long issued(long grant) {
        return parts.issued(grant);
    }

    /** Puts the parts of a grant on record that has issued nothing. */
    @Transactional
    public void begin(long grant, List<IssuePart> fresh) {
        fresh.forEach(part -> parts.insert(grant, part));
    }

    /**
     * The same for a grant that may have been issued in part by a version that kept no parts: each was issued in order, so
     * the coupons themselves tell how far it is.
     */
    @Transactional
    public void beginFromCoupons(Grant grant, List<IssuePart> fresh) {
        for (var part : fresh) {
            var issued = parts.issuedBetween(grant, part.first(), part.last());
            if (issued.count() > 0 && issued.count() != issued.last() - part.first() + 1) {
                throw new IllegalStateException("grant " + grant.id() + ": " + issued.count()
                        + " coupons of positions " + part.first() + " to " + issued.last()
                        + " are there; which are missing cannot be told. Nothing more is issued.");
            }
            parts.insert(
                    grant.id(), new IssuePart(part.part(), part.first(), part.last(), part.first() + issued.count()));
        }
    }

    /** Moves a part on, in the transaction that writes the coupons; fails if it is not where the caller thinks. */
    @Transactional
    public void advance(long grant, int part, long from, long to) {
        if (parts.advance(grant, part, from, to) != 1) {
            throw new IllegalStateException("grant " + grant + ", part " + part + " is not at position " + from
                    + ": somebody else has issued from it; this chunk is rolled back");
        }
    }
}
