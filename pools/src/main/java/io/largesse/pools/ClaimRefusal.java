package io.largesse.pools;

/** Why a claim was refused. */
public enum ClaimRefusal {
    NOT_OPEN,
    OVER,
    PAUSED,
    ENDED,
    LIMIT,
    SOLD_OUT,

    /** A trace only: who asks too often is told when to come back. */
    TOO_FAST;

    /** As it stands in Redis. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static ClaimRefusal of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
}
