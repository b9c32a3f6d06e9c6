package io.largesse.jobs;

/**
 * A coupon to be issued.
 *
 * @param position its place among all coupons of the grant, from 1
 * @param ordinal its place among the recipient's coupons of the grant, from 1
 */
record NewCoupon(long position, String userId, int ordinal, String code) {}
