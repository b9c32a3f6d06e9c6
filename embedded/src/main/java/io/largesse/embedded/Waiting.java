package io.largesse.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Bounded waits for what other processes do: files and ports give no signal, so they are looked at again and again. */
final class Waiting {
    private static final long PAUSE_NANOS = Duration.ofMillis(15).toNanos();

    private Waiting() {}

    /** Whether the condition came true within the time. An interrupt ends the wait as if the time were over. */
    static boolean until(Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
