package io.largesse.coupons;

/** A code in an allotment that a coupon has already. */
public record UsedCode(int shard, int blockNo, int place, String code) {}
