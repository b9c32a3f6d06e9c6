package io.largesse.coupons;

import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which pool a campaign has. One that cannot be trusted is left for another, and what nobody holds of its codes is void:
 * whatever becomes of it in Redis, no code leaves it any more.
 */
@Component
public class PoolNumbers {

    private final CampaignMapper campaigns;
    private final CodeRangeMapper ranges;
    private final AuditTrail audit;

    PoolNumbers(CampaignMapper campaigns, CodeRangeMapper ranges, AuditTrail audit) {
        this.campaigns = campaigns;
        this.ranges = ranges;
        this.audit = audit;
    }

    /** The campaign as it is, and as it stays until the end of the transaction. */
    @Transactional
    public Campaign lock(long campaign) {
        return campaigns.lock(campaign);
    }

    /** The pool from which a code may be taken in this transaction; the campaign does not leave it before its end. */
    @Transactional
    public long hold(long campaign) {
        return campaigns.holdPool(campaign);
    }

    /**
     * Leaves the campaign's pool for an empty one. To be called with the campaign {@linkplain #lock locked} since before
     * its codes were counted, and the pool's gate closed.
     *
     * @param held codes that somebody has; all others become void
     * @return the campaign with its new pool
     */
    @Transactional
    public Campaign leave(Campaign campaign, long held, Actor by) {
        campaigns.insertLeftPool(campaign.id());
        campaigns.leavePool(campaign.id(), held);
        ranges.voidAll(campaign.id());
        var now = campaigns.lock(campaign.id());
        audit.record(by, "pool.left", "campaign " + campaign.name(), json(campaign), json(now));
        return now;
    }

    /** Pools that the campaign has left and that are not known to be gone from Redis. */
    public List<Long> left(Campaign campaign) {
        return campaigns.leftPools(campaign.id());
    }

    /** A pool that was left is gone. */
    @Transactional
    public void discarded(long pool) {
        campaigns.discarded(pool);
    }

    private static String json(Campaign campaign) {
        return "{\"pool\": " + campaign.pool() + ", \"generated\": " + campaign.generated() + ", \"voided\": "
                + campaign.voided() + "}";
    }
}
