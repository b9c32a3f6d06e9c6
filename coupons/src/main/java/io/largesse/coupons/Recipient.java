package io.largesse.coupons;

/** A user of an accepted row; seq counts from 1 in the order of the users. */
public record Recipient(long seq, String userId) {}
