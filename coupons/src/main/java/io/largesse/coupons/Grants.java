package io.largesse.coupons;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The grants of this installation and their legal moves. */
@Component
public class Grants {

    private final GrantMapper grants;
    private final AuditTrail audit;
    private final Clock clock;

    Grants(GrantMapper grants, AuditTrail audit, Clock clock) {
        this.grants = grants;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Puts a grant on record, unless the same list was granted before. A grant of the same list that was only checked
     * gives way to the new one.
     *
     * @param sources their grant ids do not count
     */
    @Transactional
    public Grant receive(GrantDraft draft, List<GrantSource> sources, Actor by) {
        return receive(draft, sources, by, id -> {});
    }

    /** @param with puts on record what the grant belongs to, in the same transaction */
    @Transactional
    public Grant receive(GrantDraft draft, List<GrantSource> sources, Actor by, LongConsumer with) {
        var id = grants.insert(draft, clock.instant(), by.name());
        if (id == null) {
            giveWay(draft.identity(), by);
            id = grants.insert(draft, clock.instant(), by.name());
        }
        if (id == null) {
            throw RefusedException.of("coupons.grant.same-now");
        }
        for (var s : sources) {
            grants.insertSource(id, s);
        }
        audit.record(by, "grant.receive", Grant.subject(id), null, null);
        with.accept(id);
        return find(id);
    }

    private void giveWay(String identity, Actor by) {
        var same = grants.live(identity);
        if (same == null) {
            return;
        }
        switch (same.state()) {
            case CHECKED -> {
                if (!move(same.id(), Set.of(GrantState.CHECKED), GrantState.REFUSED)) {
                    throw RefusedException.of("coupons.grant.same-now"); // somebody has started it meanwhile
                }
                grants.refused(same.id(), Message.of("coupons.grant.superseded"));
                audit.record(by, "grant.supersede", same.subject(), null, null);
            }
            case DONE -> throw RefusedException.of("coupons.grant.same", same.id(), same.state());
            case REVOKING -> throw RefusedException.of("coupons.grant.same-revoking", same.id());
            default -> throw RefusedException.of("coupons.grant.same-unfinished", same.id(), same.state());
        }
    }

    public Grant find(long id) {
        var found = grants.find(id);
        if (found == null) {
            throw RefusedException.of("coupons.grant.unknown", id);
        }
        return found;
    }

    public List<GrantSource> sources(long grant) {
        return grants.sources(grant);
    }

    /** The latest grants, newest first. */
    public List<Grant> latest(int most) {
        return grants.latest(most);
    }

    /** The grants of a campaign, newest first. */
    public List<Grant> of(Campaign campaign) {
        return grants.ofCampaign(campaign.id());
    }

    /** Moves a grant on; false if its state does not allow the move, or changed meanwhile. */
    @Transactional
    public boolean move(long id, GrantState to) {
        return move(id, to.from(), to);
    }

    /** Says that a run works on the grant: also from RUNNING itself, when a dead run is taken over. */
    @Transactional
    public boolean running(long id) {
        var from = new ArrayList<>(GrantState.RUNNING.from());
        from.add(GrantState.RUNNING);
        return move(id, Set.copyOf(from), GrantState.RUNNING);
    }

    /** Moves a source on, in the transaction that stages the rows; fails if it is not where the caller thinks. */
    @Transactional
    public void staged(long grant, int sourceNo, int from, int to, int rows) {
        if (grants.staged(grant, sourceNo, from, to, rows) != 1) {
            throw new IllegalStateException("grant " + grant + ", source " + sourceNo + " is not at row " + from
                    + ": somebody else has staged from it; these rows are rolled back");
        }
    }

    /** All rows of a source are staged or rejected. */
    @Transactional
    public void sourceRead(long grant, int sourceNo, List<String> header) {
        grants.sourceRead(grant, sourceNo, header);
    }

    @Transactional
    public void counted(long id, GrantCounts counts) {
        grants.counted(id, counts);
    }

    /** Ends a grant that has issued nothing; it keeps the reason. */
    @Transactional
    public void refuse(long id, Message why) {
        if (move(id, GrantState.REFUSED)) {
            grants.refused(id, why);
        }
    }

    /** Somebody wants what was checked to be issued. */
    @Transactional
    public void approve(long id) {
        if (move(id, GrantState.APPROVED)) {
            grants.meant(id);
        }
    }

    @Transactional
    public void issued(long id, long coupons) {
        grants.issued(id, coupons);
    }

    @Transactional
    public void reported(long id, String objectKey) {
        grants.reported(id, objectKey);
    }

    private boolean move(long id, Set<GrantState> from, GrantState to) {
        var finished =
                switch (to) {
                    case DONE, REFUSED, REVOKED, STOPPED, FAILED -> clock.instant();
                    default -> null;
                };
        return grants.move(id, from, to, finished) == 1;
    }

    /** Those of a campaign that may hold codes. */
    public List<Grant> unfinishedOf(Campaign campaign) {
        return grants.unfinishedOf(campaign.id());
    }
}
