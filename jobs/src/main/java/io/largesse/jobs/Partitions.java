package io.largesse.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Cuts 1 to n into even parts. */
final class Partitions {

    static final String FIRST = "first";
    static final String LAST = "last";

    /** Few enough to keep Spring Batch's own records small, enough that the last one to finish does not matter. */
    private static final int MOST = 64;

    private static final long SMALLEST = 20_000;

    private Partitions() {}

    /**
     * The part that a step execution works on, by its name, {@code STEP:PART}. Its stored context may be empty: Spring Batch
     * writes it after the execution, and a crash can come between.
     */
    static ExecutionContext named(String stepName, Map<String, ExecutionContext> parts) {
        var part = parts.get(stepName.substring(stepName.indexOf(':') + 1));
        if (part == null) {
            throw new IllegalStateException("there is no partition " + stepName + " among " + parts.keySet());
        }
        return part;
    }

    static Map<String, ExecutionContext> of(long n) {
        var count = Math.max(1, Math.min(MOST, n / SMALLEST));
        var parts = new LinkedHashMap<String, ExecutionContext>();
        for (long i = 0; i < count; i++) {
            var context = new ExecutionContext();
            context.putLong(FIRST, n * i / count + 1);
            context.putLong(LAST, n * (i + 1) / count);
            parts.put(String.format("%03d", i + 1), context);
        }
        return parts;
    }
}
