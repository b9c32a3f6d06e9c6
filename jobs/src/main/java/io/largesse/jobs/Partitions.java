package io.largesse.jobs;

import io.largesse.coupons.IssuePart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
        var part = parts.get(nameIn(stepName));
        if (part == null) {
            throw new IllegalStateException("there is no partition " + stepName + " among " + parts.keySet());
        }
        return part;
    }

    /** The same for parts of a grant. */
    static IssuePart find(String stepName, List<IssuePart> parts) {
        return parts.stream()
                .filter(part -> name(part).equals(nameIn(stepName)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no partition " + stepName + " among " + parts));
    }

    /** Names for Spring Batch; it need not remember more. */
    static Map<String, ExecutionContext> named(List<IssuePart> parts) {
        var named = new LinkedHashMap<String, ExecutionContext>();
        parts.forEach(part -> named.put(name(part), new ExecutionContext()));
        return named;
    }

    static List<IssuePart> of(long n) {
        var count = Math.max(1, Math.min(MOST, n / SMALLEST));
        var parts = new ArrayList<IssuePart>();
        for (int i = 0; i < count; i++) {
            var first = n * i / count + 1;
            parts.add(new IssuePart(i + 1, first, n * (i + 1) / count, first));
        }
        return parts;
    }

    private static String name(IssuePart part) {
        return String.format("%03d", part.part());
    }

    private static String nameIn(String stepName) {
        return stepName.substring(stepName.indexOf(':') + 1);
    }
}
