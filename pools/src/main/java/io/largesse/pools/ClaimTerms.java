package io.largesse.pools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * On what terms claims of a campaign are answered at an instant.
 *
 * @param pool the number of the campaign's pool
 * @param ledger the number under which Redis keeps what was claimed of the campaign
 * @param limit how many coupons a user may claim
 * @param requestsPerMinute of a user, whatever they come to; 0: any number
 * @param refusal why nobody may claim now; null if one may
 * @param validFrom with {@code validTo} and {@code faceValue}: of the coupons that are claimed now
 */
public record ClaimTerms(
        long campaign,
        long pool,
        long ledger,
        Instant now,
        int limit,
        int requestsPerMinute,
        @Nullable ClaimRefusal refusal,
        Instant validFrom,
        Instant validTo,
        long faceValue) {}
