package io.largesse.app.claim;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How many claims came to what, and how long they took. */
final class ClaimMetrics {

    private final MeterRegistry registry;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    ClaimMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param campaign null if there is none of that name: names that were made up are no labels */
    void claimed(@Nullable String campaign, String outcome, long nanos) {
        timers.computeIfAbsent(
                        (campaign == null ? "" : campaign) + " " + outcome, key -> Timer.builder("largesse.claims")
                                .description("Claims by what they came to, and how long the answer took")
                                .tag("campaign", campaign == null ? "unknown" : campaign)
                                .tag("outcome", outcome)
                                .publishPercentileHistogram()
                                .minimumExpectedValue(java.time.Duration.ofMillis(1))
                                .maximumExpectedValue(java.time.Duration.ofSeconds(5))
                                .register(registry))
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
