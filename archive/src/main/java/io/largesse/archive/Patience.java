package io.largesse.archive;

import java.time.Duration;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/**
 * How long the store is waited for.
 *
 * @param connect for a connection
 * @param silence between two bytes of an answer, and for the whole of a request that moves no content
 * @param slowest bytes a second of an upload; a connection slower than this is given up
 * @param attempts at each request, with growing pauses
 * @param conflict the first pause after another writer of the same name was met; it doubles each time
 */
record Patience(Duration connect, Duration silence, long slowest, int attempts, Duration conflict) {

    static final Patience NORMAL =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(30), 256 << 10, 3, Duration.ofMillis(100));

    /** The limit of one attempt. A write that blocks has no other limit. */
    AwsRequestOverrideConfiguration within(long bytes) {
        return AwsRequestOverrideConfiguration.builder()
                .apiCallAttemptTimeout(silence.plusMillis(bytes * 1000 / slowest))
                .build();
    }
}
