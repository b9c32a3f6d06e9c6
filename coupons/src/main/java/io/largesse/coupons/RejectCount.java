package io.largesse.coupons;

/** How many rows were rejected for one reason. */
public record RejectCount(String reason, long count) {}
