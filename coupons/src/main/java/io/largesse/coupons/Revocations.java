package io.largesse.coupons;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Grants that are taken back. Apart from {@link #begin}, every change is to be made in a transaction that holds the
 * {@linkplain Runs#fence fence} of the run that revokes.
 */
@Component
public class Revocations {

    /** What the audit trail calls the decision, and its end. */
    static final String BEGUN = "grant.revoke";

    static final String DONE = "grant.revoked";

    private final RevocationMapper revocations;
    private final AllotmentMapper allotments;
    private final Grants grants;
    private final Runs runs;
    private final AuditTrail audit;
    private final Clock clock;

    Revocations(
            RevocationMapper revocations,
            AllotmentMapper allotments,
            Grants grants,
            Runs runs,
            AuditTrail audit,
            Clock clock) {
        this.revocations = revocations;
        this.allotments = allotments;
        this.grants = grants;
        this.runs = runs;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Decides that a grant is taken back. From now on no run of it issues or allots anything: nothing that a process still
     * sends is accepted, and it cannot be restarted.
     */
    @Transactional
    public void begin(Grant grant, Actor by) {
        runs.requireNoneAlone(grant.campaignId());
        revocations.lockRuns(grant.subject());
        for (var run : runs.of(grant.subject())) {
            if (run.state().isActive()) {
                throw RefusedException.of("coupons.revoke.running", grant.id(), run.id(), run.owner());
            }
        }
        revocations.fenceRuns(grant.subject());
        if (!grants.move(grant.id(), GrantState.REVOKING)) {
            throw RefusedException.of(
                    "coupons.revoke.state", grant.id(), grants.find(grant.id()).state());
        }
        audit.record(by, BEGUN, grant.subject(), json(counts(grant)), null);
    }

    /** Takes back the unspent coupons of the recipients {@code first} to {@code last}. */
    @Transactional
    public long revoke(Grant grant, long first, long last) {
        return revocations.revoke(grant, first, last, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Takes back whatever is unspent now: what was being spent when its turn came, and was not spent in the end. */
    @Transactional
    public long revokeRest(Grant grant) {
        return revocations.revokeRest(grant, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** All is taken back that could be. */
    @Transactional
    public void end(Grant grant, Actor by) {
        if (!grants.move(grant.id(), GrantState.REVOKED)) {
            throw new IllegalStateException(
                    "grant " + grant.id() + " is " + grants.find(grant.id()).state() + " and was not being revoked");
        }
        audit.record(by, DONE, grant.subject(), null, json(counts(grant)));
    }

    /** The grant's coupons by status. Looks through the campaign's coupons: for the rare moments when it matters. */
    public List<CouponCount> counts(Grant grant) {
        return revocations.counts(grant);
    }

    /** The coupons of the recipients {@code first} to {@code last} that cannot be taken back. */
    public List<SpentCoupon> spent(Grant grant, long first, long last) {
        return revocations.spent(grant, first, last);
    }

    /** The newest token of the runs of a job that may have taken codes for the grant; null if there was none. */
    public @Nullable Long token(Grant grant, String job) {
        return revocations.token(grant.subject(), job);
    }

    /** The codes of a locked block cannot go back to their pool: they are void. */
    @Transactional
    public void voidCodes(Grant grant, AllotmentBlock block) {
        revocations.voidCodes(grant, block);
        allotments.empty(grant.id(), block);
        var by = new Actor("largesse", "job", grant.subject());
        audit.record(
                by,
                "code.void",
                grant.subject(),
                null,
                "{\"codes\": " + block.codes().size() + "}");
    }

    /** How many codes of a grant are on record as going back, and have not got there. */
    public long onTheirWayBack(long grant) {
        return allotments.onTheirWayBack(grant);
    }

    private static String json(List<CouponCount> counts) {
        return counts.stream()
                .map(c -> "\"" + c.status() + "\": {\"coupons\": " + c.coupons() + ", \"faceValue\": " + c.faceValue()
                        + "}")
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
