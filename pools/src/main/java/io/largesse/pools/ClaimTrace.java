package io.largesse.pools;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** That a user's claim was refused: the last time on a day. */
public record ClaimTrace(ClaimRefusal why, Instant at) {

    static @Nullable ClaimTrace of(@Nullable String trace) {
        if (trace == null) {
            return null;
        }
        var words = trace.split(" ");
        return new ClaimTrace(ClaimRefusal.of(words[0]), Instant.ofEpochMilli(Long.parseLong(words[1])));
    }
}
