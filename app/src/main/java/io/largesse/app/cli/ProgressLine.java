package io.largesse.app.cli;

import io.largesse.coupons.RunProgress;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Puts a run's progress into words. The rate is that of the rows since this phase was first seen here: a run that was
 * taken over starts its phases with rows that others have done.
 */
final class ProgressLine {

    private static final Duration SETTLED = Duration.ofSeconds(1);

    private final Texts texts;
    private @Nullable RunProgress first;
    private Instant firstAt = Instant.EPOCH;

    ProgressLine(Texts texts) {
        this.texts = texts;
    }

    /** "issue  412,000 of 1,000,000  41 %  52,300 rows/s  11 s left  3 of 16 parts"; what nobody knows is left out. */
    String of(RunProgress now, Instant at) {
        var line = new StringBuilder(phase(now.phase()));
        if (now.total() > 0) {
            line.append("  ").append(texts.of("app.progress.of", now.done(), now.total()));
            line.append("  ").append(now.done() * 100 / now.total()).append(" %");
        } else if (now.done() > 0) {
            line.append("  ").append(texts.of("app.progress.done", now.done()));
        }
        long rate = rate(now, at);
        if (rate > 0) {
            line.append("  ").append(texts.of("app.progress.rate", rate));
            if (now.total() > now.done()) {
                var left = Duration.ofSeconds((now.total() - now.done()) / rate);
                line.append("  ").append(texts.of("app.progress.left", left));
            }
        }
        if (now.partitions() > 0) {
            line.append("  ").append(texts.of("app.progress.parts", now.partitionsDone(), now.partitions()));
        }
        return line.toString();
    }

    /** Rows a second; 0 if that cannot be told yet. */
    long rate(RunProgress now, Instant at) {
        var since = first;
        if (since == null || !since.phase().equals(now.phase()) || since.done() > now.done()) {
            first = now;
            firstAt = at;
            since = now;
        }
        var seen = Duration.between(firstAt, at);
        if (seen.compareTo(SETTLED) >= 0) {
            return (now.done() - since.done()) * 1000 / seen.toMillis();
        }
        return 0;
    }

    /** Only the first word is the phase's name. */
    String phase(String phase) {
        var text = texts.of("app.phase." + phase.split(" ", 2)[0]);
        return text.startsWith("app.phase.") ? phase : text;
    }
}
