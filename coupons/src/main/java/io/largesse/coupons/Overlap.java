package io.largesse.coupons;

/** What becomes of a time at which the one before has not ended. */
public enum Overlap {
    /** It waits. */
    QUEUE,
    /** It does not run. */
    SKIP
}
