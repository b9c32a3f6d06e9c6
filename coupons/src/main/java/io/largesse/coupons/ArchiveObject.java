package io.largesse.coupons;

import java.time.Instant;

/**
 * An object of the store with coupons of one campaign.
 *
 * @param run of archive-coupons
 * @param part the pages of the coupon table from which it was read
 * @param key its name in the store
 * @param filenode PostgreSQL's file of its partition, before its coupons were read
 * @param cutoff coupons that have changed since then were not exported
 * @param bytes of the object
 * @param coupons in the object
 * @param content a sum over all fields of all of them
 * @param archived those that are in the archive alone
 * @param restored those that are in the table again, until some time
 */
public record ArchiveObject(
        long id,
        long run,
        long campaignId,
        String part,
        String key,
        State state,
        long filenode,
        Instant cutoff,
        long bytes,
        long coupons,
        String content,
        long archived,
        long restored) {

    /** How far an object is. */
    public enum State {
        /** It may be in the store. */
        PENDING,
        /** It was read back; its coupons are in the table yet. */
        VERIFIED,
        /** Its coupons have left the table. */
        ARCHIVED,
        /** Its coupons stay in the table, and it is removed. */
        ABANDONED
    }
}
