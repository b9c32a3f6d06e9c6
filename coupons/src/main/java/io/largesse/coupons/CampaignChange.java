package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an edit changes; null leaves as it is. Stock may be topped up, never cut below what was generated. */
public record CampaignChange(
        @Nullable Long stock,
        @Nullable Instant closesAt,
        @Nullable Instant validTo,
        @Nullable Long budget) {

    public boolean isEmpty() {
        return stock == null && closesAt == null && validTo == null && budget == null;
    }
}
