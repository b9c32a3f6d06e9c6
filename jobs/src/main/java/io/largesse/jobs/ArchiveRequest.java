package io.largesse.jobs;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a run of archive-coupons is to archive.
 *
 * @param campaign null for all
 * @param cutoff coupons that have not changed since then
 */
record ArchiveRequest(@Nullable Long campaign, Instant cutoff) {

    private static final int CAMPAIGNS_OF_A_PARTITION = 50;

    /** The name of the partition that has a campaign's coupons. */
    String partitionOf(long campaign) {
        return "coupon_" + campaign / CAMPAIGNS_OF_A_PARTITION * CAMPAIGNS_OF_A_PARTITION;
    }
}
