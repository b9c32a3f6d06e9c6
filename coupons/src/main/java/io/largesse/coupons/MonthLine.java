package io.largesse.coupons;

/**
 * What became of coupons in a month, in one currency.
 *
 * @param what ISSUED, REDEEMED, EXPIRED or REVOKED
 * @param faceValue of all of them, in minor units of the currency
 */
public record MonthLine(String currency, String what, long coupons, long faceValue) {}
