package io.largesse.coupons;

import java.time.Instant;

/** A code bound to a user. {@code sourceKind} and {@code sourceId} say what issued it: GRANT 42, CLAIM …, SINGLE …. */
public record Coupon(
        String code,
        long campaignId,
        String campaign,
        String userId,
        String sourceKind,
        long sourceId,
        int ordinal,
        String status,
        Instant issuedAt,
        Instant validFrom,
        Instant validTo,
        long faceValue,
        String currency) {}
