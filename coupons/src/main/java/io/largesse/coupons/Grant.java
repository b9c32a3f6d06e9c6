package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator's request to give each user of a list a number of coupons.
 *
 * @param quantity coupons for each recipient, 1 to 1,000
 * @param skipHolders whether users who hold a coupon of the campaign are left out
 * @param maxRejects the share of rejected rows that refuses the file, in basis points
 * @param generate whether missing codes are generated within the stock
 * @param dryRun whether only a check was asked for so far
 * @param rowCount rows read: recipients, rejected, duplicates and skipped holders together; null until checked
 * @param holders recipients who already hold a coupon of the campaign; with skipHolders: who did and were left out
 * @param issued coupons issued so far
 * @param faceValue of one coupon, in minor units
 * @param pool the number of its campaign's pool; it stays while a run works on the grant
 * @param listPurgedAt since when nothing is known of its rows, nor its files and report kept; null: it is all there
 * @param reportKey where the reject report stands in the object store; null while it is pending
 */
public record Grant(
        long id,
        long campaignId,
        int quantity,
        boolean skipHolders,
        int maxRejects,
        boolean generate,
        String identity,
        boolean again,
        boolean dryRun,
        GrantState state,
        @Nullable Long rowCount,
        @Nullable Long recipients,
        @Nullable Long rejected,
        @Nullable Long duplicates,
        @Nullable Long holders,
        long issued,
        long faceValue,
        @Nullable String refusalCode,
        @Nullable List<String> refusalArgs,
        @Nullable String reportKey,
        Instant createdAt,
        String createdBy,
        @Nullable Instant finishedAt,
        long pool,
        @Nullable Instant listPurgedAt) {

    /** What runs work on when they work on this grant. */
    public String subject() {
        return subject(id);
    }

    public static String subject(long id) {
        return "grant " + id;
    }

    /** Refused if its list was purged. */
    public Grant requireList() {
        if (listPurgedAt != null) {
            throw RefusedException.of("coupons.grant.purged", id, listPurgedAt);
        }
        return this;
    }

    public boolean isChecked() {
        return recipients != null;
    }

    public long codesNeeded() {
        return recipients == null ? 0 : recipients * quantity;
    }

    /** The recipient, from 1, who owns a position. */
    public long recipientAt(long position) {
        return (position - 1) / quantity + 1;
    }

    /** Which of its recipient's coupons the one at a position is, from 1. */
    public int ordinalAt(long position) {
        return (int) ((position - 1) % quantity) + 1;
    }

    public @Nullable Message refusal() {
        return refusalCode == null ? null : new Message(refusalCode, refusalArgs == null ? List.of() : refusalArgs);
    }
}
