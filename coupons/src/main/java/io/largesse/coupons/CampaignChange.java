package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an edit changes; null leaves as it is. Stock may be topped up, never cut below what was generated.
 *
 * @param inboxMost 0 takes no more lists from the inbox
 */
public record CampaignChange(
        @Nullable Long stock,
        @Nullable Instant closesAt,
        @Nullable Instant validTo,
        @Nullable Long budget,
        @Nullable Long inboxMost) {

    public boolean isEmpty() {
        return stock == null && closesAt == null && validTo == null && budget == null && inboxMost == null;
    }
}
