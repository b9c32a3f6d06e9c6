package io.largesse.coupons;

import java.time.Instant;

/**
 * Coupons of one campaign in a file that is about to be an object.
 *
 * @param part the pages of the coupon table from which they were read
 * @param filenode PostgreSQL's file of their partition, before they were read
 * @param sha256 of the file
 * @param bytes of the file
 * @param content a sum over all fields of all coupons
 */
public record ArchiveDraft(
        ArchivedCampaign campaign,
        String part,
        long filenode,
        Instant cutoff,
        String sha256,
        long bytes,
        long coupons,
        String content,
        String firstUser,
        String lastUser,
        Instant firstIssued,
        Instant lastIssued,
        Instant firstUpdated,
        Instant lastUpdated) {

    /** Its name in the store. Names of business and campaign have no character that would mean something there. */
    String key(long id) {
        return "archive/coupons/business=" + campaign.business() + "/campaign=" + campaign.name() + "/" + sha256 + "-"
                + id + ".parquet";
    }
}
