package io.largesse.coupons;

/**
 * Coupons of one status, counted.
 *
 * @param status ISSUED, LOCKED, REDEEMED, EXPIRED or REVOKED
 * @param faceValue of all of them together, in minor units
 */
public record CouponCount(String status, long coupons, long faceValue) {}
