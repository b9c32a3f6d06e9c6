package io.largesse.coupons;

import java.time.Instant;

/**
 * A claim that was answered with a coupon and may not stand in PostgreSQL yet.
 *
 * @param shard whose stream holds it
 * @param millis with {@code sequence}: its id in that stream, rising with each claim of the shard
 * @param pool that the code was taken from
 * @param ordinal how many coupons of the campaign the user has claimed, this one included
 */
public record ClaimEntry(
        int shard,
        long millis,
        long sequence,
        long campaign,
        long pool,
        String user,
        int ordinal,
        String code,
        Instant claimedAt,
        Instant validFrom,
        Instant validTo,
        long faceValue) {

    public String id() {
        return millis + "-" + sequence;
    }
}
