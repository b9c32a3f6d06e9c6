package io.largesse.coupons;

/**
 * Where a code's serial is among those of its range.
 *
 * @param offset from the first serial of the range, from 0
 */
public record CodePlace(long range, long offset) {}
