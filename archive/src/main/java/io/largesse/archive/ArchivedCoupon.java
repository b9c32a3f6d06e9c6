package io.largesse.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A coupon as its table had it. Times are microseconds since 1970-01-01T00:00Z, as both PostgreSQL and Parquet keep them.
 *
 * @param faceValue in minor units of its campaign's currency
 */
public record ArchivedCoupon(
        String code,
        long campaignId,
        String userId,
        String sourceKind,
        long sourceId,
        int ordinal,
        String status,
        long issuedAt,
        long validFrom,
        long validTo,
        long faceValue,
        @Nullable String orderId,
        long updatedAt) {

    public static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
