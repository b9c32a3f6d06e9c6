package io.largesse.coupons;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Coupons past their end. */
@Component
public class Expirations {

    private final ExpirationMapper expirations;
    private final Clock clock;

    Expirations(ExpirationMapper expirations, Clock clock) {
        this.expirations = expirations;
        this.clock = clock;
    }

    /**
     * The partitions of the coupon table as they are now.
     *
     * @param campaign null for all of them
     */
    public List<CouponPartition> partitions(@Nullable Long campaign) {
        return expirations.partitions(campaign);
    }

    /** How many pages a partition has now. */
    public long pages(String partition) {
        return expirations.pages(partition);
    }

    /**
     * Marks unspent coupons past their end as expired. One that is being spent is waited for, and then kept.
     *
     * @param firstPage of the partition, from 0; the last one is included
     * @param campaign null for all of the partition
     * @param cutoff those that end then, or ended before
     * @return how many
     */
    @Transactional
    public long expire(String partition, long firstPage, long lastPage, @Nullable Long campaign, Instant cutoff) {
        return expirations.expire(partition, firstPage, lastPage, campaign, cutoff, clock.instant());
    }
}
