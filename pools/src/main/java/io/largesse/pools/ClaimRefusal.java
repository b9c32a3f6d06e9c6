package io.largesse.pools;

/** Why a claim was refused for good, or for the time being by an operator's word. */
public enum ClaimRefusal {
    NOT_OPEN,
    OVER,
    PAUSED,
    ENDED,
    LIMIT,
    SOLD_OUT;

    /** As it stands in Redis. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    static ClaimRefusal of(String word) {
        return valueOf(word.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }
}
