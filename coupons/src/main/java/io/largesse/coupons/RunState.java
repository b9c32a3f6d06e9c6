package io.largesse.coupons;

/** Where a run is. STOPPING is a request, STOPPED a fact; STOPPED and FAILED go on with a restart. */
public enum RunState {
    RUNNING,
    STOPPING,
    STOPPED,
    DONE,
    FAILED,
    REFUSED;

    public boolean isActive() {
        return this == RUNNING || this == STOPPING;
    }
}
