package io.largesse.coupons;

/** A recipient and where the list names it. */
public record ListedRecipient(int sourceNo, int rowNo, String userId) {}
