package io.largesse.coupons;

/** Of a time at which a schedule was due: PENDING, then RUNNING, then as its run ended; or SKIPPED. */
public enum FireState {
    PENDING,
    RUNNING,
    DONE,
    STOPPED,
    FAILED,
    REFUSED,
    SKIPPED
}
