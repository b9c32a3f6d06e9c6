package io.largesse.coupons;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A time at which a schedule was due, and what became of it.
 *
 * @param reason why it was skipped, or did not end well
 * @param attempts how many nodes have begun with it
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
        @Nullable Instant endedAt) {

    /** What its runs are found by. */
    public String requestId() {
        return "fire-" + id;
    }
}
