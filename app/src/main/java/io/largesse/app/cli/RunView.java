package io.largesse.app.cli;

import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How runs are shown. */
final class RunView {

    private RunView() {}

    /** What works on a subject just now, else what worked on it last. */
    static @Nullable Run latest(Runs runs, String subject) {
        List<Run> all = runs.of(subject);
        return all.isEmpty()
                ? null
                : all.stream().filter(r -> r.state().isActive()).findFirst().orElse(all.get(all.size() - 1));
    }

    static RunProgress progress(Run run) {
        var since = run.phaseStartedAt();
        return new RunProgress(
                run.phase(),
                run.done(),
                run.total(),
                run.partitionsDone(),
                run.partitions(),
                since == null ? run.startedAt() : since);
    }

    static void add(Facts facts, Run run, Texts texts, Instant now) {
        facts.add("app.label.run", run.id() + " " + run.job())
                .add("app.label.run-state", state(run, texts))
                .add("app.label.attempts", run.attempts() == 1 ? null : (Integer) run.attempts())
                .add("app.label.owner", run.state().isActive() ? run.owner() : null)
                .add("app.label.message", run.message());
        if (run.state().isActive()) {
            facts.add("app.label.progress", words(run, texts, now));
        }
    }

    /** A run that claims to run but has not said so for longer than its lease has lost its process. */
    static String state(Run run, Texts texts) {
        return run.state().isActive() && !run.alive()
                ? texts.of("app.run.dead")
                : run.state().name();
    }

    private static String words(Run run, Texts texts, Instant now) {
        var line = new ProgressLine(texts);
        var progress = progress(run);
        // as if it had been watched since the phase began
        line.rate(new RunProgress(run.phase(), 0, run.total(), 0, 0, now), progress.phaseStartedAt());
        return line.of(progress, now);
    }

    static Json json(Run run) {
        var end = run.endedAt();
        return Json.of("runId", Long.toString(run.id()))
                .with("job", run.job())
                .with("subject", run.subject())
                .with("state", run.state())
                .with("alive", run.state().isActive() && run.alive())
                .with("attempts", run.attempts())
                .with("cause", run.cause())
                .with("owner", run.owner())
                .with("phase", run.phase())
                .with("done", run.done())
                .with("total", run.total())
                .with("partitionsDone", run.partitionsDone())
                .with("partitions", run.partitions())
                .with("message", run.message())
                .with("startedAt", run.startedAt())
                .with("endedAt", end)
                .with(
                        "seconds",
                        end == null
                                ? null
                                : (Long) Duration.between(run.startedAt(), end).toSeconds());
    }
}
