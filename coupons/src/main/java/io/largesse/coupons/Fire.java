package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time at which a schedule was due, and what became of it.
 *
 * @param reason why it was skipped, waits, or did not end well
 * @param attempts how often a node has taken it
 * @param failures how often that came to nothing
 */
public record Fire(
        long id,
        long scheduleId,
        Instant plannedAt,
        FireState state,
        @Nullable String reason,
        @Nullable Long runId,
        @Nullable String owner,
        int attempts,
        int failures,
        @Nullable Instant endedAt) {

    static final String REQUEST = "fire-";

    /** What its runs are found by. */
    public String requestId() {
        return REQUEST + id;
    }
}
