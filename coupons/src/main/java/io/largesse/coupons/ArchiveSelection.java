package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which archived coupons are asked for; what is null does not matter.
 *
 * @param campaign its id
 * @param code as it is written
 * @param issuedFrom with {@code issuedUntil}: when they were issued, half open
 */
public record ArchiveSelection(
        @Nullable Long campaign,
        @Nullable String user,
        @Nullable String code,
        @Nullable Instant issuedFrom,
        @Nullable Instant issuedUntil) {

    /** All of a campaign, or all there are. */
    public static ArchiveSelection of(@Nullable Long campaign) {
        return new ArchiveSelection(campaign, null, null, null, null);
    }
}
