package io.largesse.coupons;

import java.time.Duration;

/**
 * How long a process that does not beat keeps its runs; afterwards anybody may take them over. Whoever wires the
 * application may give one as a bean.
 *
 * @param time 2 s to 10 min: shorter, and a pause of a healthy process would look like its death
 */
public record Lease(Duration time) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration LONGEST_BEAT = Duration.ofSeconds(1);

    /** So many beats may be lost before the lease is. */
    private static final int BEATS = 8;

    // below the bounds that its constructor looks at
    public static final Lease DEFAULT = new Lease(Duration.ofSeconds(20));

    public Lease {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a lease is " + SHORTEST.toSeconds() + " s to " + LONGEST.toMinutes()
                    + " min long, not " + time.toMillis() + " ms");
        }
    }

    /** The time between two beats: an eighth of the lease, a second at most. */
    public Duration beat() {
        var beat = time.dividedBy(BEATS);
        return beat.compareTo(LONGEST_BEAT) < 0 ? beat : LONGEST_BEAT;
    }

    double seconds() {
        return time.toMillis() / 1000.0;
    }
}
