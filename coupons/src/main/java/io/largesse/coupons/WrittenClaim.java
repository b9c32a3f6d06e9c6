package io.largesse.coupons;

import java.time.Instant;

/** A claim that is a coupon, as Redis would remember it. */
public record WrittenClaim(String userId, int ordinal, String code, Instant issuedAt, Instant validTo) {}
