package io.largesse.coupons;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where a grant is in its life. REFUSED and REVOKED are final; STOPPED and FAILED go on with a restart. REVOKING is being
 * taken back, by a run or waiting for one to go on: it only ever becomes REVOKED.
 */
public enum GrantState {
    RECEIVED,
    CHECKED,
    APPROVED,
    RUNNING,
    DONE,
    STOPPED,
    FAILED,
    REFUSED,
    REVOKING,
    REVOKED;

    /** The states from which this one may be reached: all legal moves of a grant. */
    public Set<GrantState> from() {
        return switch (this) {
            case RECEIVED -> EnumSet.of(STOPPED, FAILED);
            case CHECKED -> EnumSet.of(RECEIVED);
            case APPROVED -> EnumSet.of(CHECKED);
            case RUNNING -> EnumSet.of(APPROVED, STOPPED, FAILED);
            case DONE -> EnumSet.of(RUNNING);
            case STOPPED, FAILED -> EnumSet.of(RECEIVED, RUNNING);
            case REFUSED -> EnumSet.of(RECEIVED, CHECKED, APPROVED, RUNNING);
            case REVOKING -> EnumSet.of(DONE, STOPPED, FAILED);
            case REVOKED -> EnumSet.of(REVOKING);
        };
    }
}
