package io.largesse.coupons;

/** What becomes of times at which nobody was there to look, once somebody is. */
public enum Misfire {
    /** Each of them runs, in order. */
    EACH,
    /** The latest runs. */
    ONCE,
    /** None runs. */
    SKIP
}
