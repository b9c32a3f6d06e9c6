package io.largesse.app.cli;

import io.largesse.coupons.RunProgress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of runs on the error output: a line drawn over and over on a terminal; elsewhere the beginning and
 * the end of each phase, and a line every five seconds at most. Remembers how long each phase took.
 */
final class ProgressPrinter implements Consumer<RunProgress> {

    private static final Duration PLAIN_PAUSE = Duration.ofSeconds(5);

    private final Console console;
    private final Texts texts;
    private final Clock clock;
    private final ProgressLine line;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private @Nullable RunProgress last;
    private Instant phaseAt = Instant.EPOCH;
    private Instant shownAt = Instant.EPOCH;

    ProgressPrinter(Console console, Texts texts, Clock clock) {
        this.console = console;
        this.texts = texts;
        this.clock = clock;
        this.line = new ProgressLine(texts);
    }

    @Override
    public synchronized void accept(RunProgress now) {
        var at = clock.instant();
        var before = last;
        if (before == null || !before.phase().equals(now.phase())) {
            endPhase(at, true);
            phaseAt = at;
            shownAt = at;
            if (!console.isTerminal()) {
                console.note(texts.of("app.progress.begins", line.phase(now.phase())));
            }
        }
        last = now;
        var text = line.of(now, at);
        if (console.isTerminal()) {
            console.redraw(cut(text));
        } else if (!shownAt.plus(PLAIN_PAUSE).isAfter(at)) {
            shownAt = at;
            console.note(text);
        }
    }

    /** The run has ended, well or not. */
    synchronized void end() {
        endPhase(clock.instant(), false);
        last = null;
        console.wipe();
    }

    /** How long each phase took, in the order they came. */
    synchronized Map<String, Duration> phases() {
        return new LinkedHashMap<>(phases);
    }

    /** @param whole whether another phase has begun: what was seen of this one last may be a moment old */
    private void endPhase(Instant at, boolean whole) {
        var ended = last;
        if (ended == null) {
            return;
        }
        var took = Duration.between(phaseAt, at);
        phases.merge(ended.phase(), took, Duration::plus);
        var rows = whole ? ended.total() : ended.done();
        var name = line.phase(ended.phase());
        console.note(
                rows == 0
                        ? texts.of("app.progress.ended", name, took)
                        : texts.of("app.progress.ended-rows", name, rows, took));
    }

    private String cut(String text) {
        var end = text.length();
        while (Table.width(text.substring(0, end)) >= console.columns()) {
            end--;
        }
        return text.substring(0, end);
    }
}
