package io.largesse.app.cli;

import io.largesse.coupons.RunProgress;
import io.largesse.coupons.Runs;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.jobs.RunOutcome;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs of this process, with their progress on the console and Ctrl-C as a request to stop. */
final class Work {

    private static final int LATEST = 100;

    private final Session session;
    private final ProgressPrinter progress;

    Work(Session session) {
        this.session = session;
        this.progress = new ProgressPrinter(session.console(), session.texts(), Clock.systemUTC());
    }

    ProgressPrinter progress() {
        return progress;
    }

    /** Does one run of a job and answers with how it ended. */
    int run(Function<Consumer<RunProgress>, RunOutcome> run) {
        return end(outcome(run));
    }

    /** Says how a run ended. */
    int end(RunOutcome outcome) {
        var code = exitCode(outcome);
        var why = outcome.why();
        var words = why == null ? "" : session.texts().of(why);
        var id = Long.toString(outcome.run());
        switch (outcome.state()) {
            case DONE -> {
                session.say(outcome.run() == 0 ? "app.run.nothing" : "app.run.done", id);
                if (why != null) {
                    session.note("app.run.remarks", words);
                }
            }
            case STOPPED -> session.note("app.run.stopped", id, session.command("job restart " + id));
            case REFUSED -> session.note("app.run.refused", words);
            default -> session.note("app.run.failed", id, words, session.command("job restart " + id), session.log());
        }
        var json = Json.of("runId", id).with("state", outcome.state());
        if (outcome.run() != 0) {
            var run = session.get(Runs.class).find(outcome.run());
            json.with("phase", run.phase()).with("done", run.done());
        }
        session.answer(
                code == ExitCode.DONE
                        ? (why == null ? json : json.with("message", words))
                        : json.with("error", Json.of("code", errorCode(outcome)).with("message", words)));
        return code;
    }

    RunOutcome outcome(Function<Consumer<RunProgress>, RunOutcome> run) {
        try (var signal = new StopSignal(session, this::stopMine)) {
            return run.apply(progress);
        } finally {
            progress.end();
        }
    }

    static String errorCode(RunOutcome outcome) {
        var why = outcome.why();
        return why == null ? outcome.state().name().toLowerCase(java.util.Locale.ROOT) : why.code();
    }

    static int exitCode(RunOutcome outcome) {
        return switch (outcome.state()) {
            case DONE -> ExitCode.DONE;
            case REFUSED -> ExitCode.REFUSED;
            default -> ExitCode.UNFINISHED;
        };
    }

    /** Whatever this process runs just now. */
    private boolean stopMine() {
        var me = session.get(ProcessName.class).value();
        var desk = session.get(JobDesk.class);
        return session.get(Runs.class).latest(LATEST).stream()
                        .filter(run -> run.state().isActive() && run.owner().equals(me))
                        .filter(run -> desk.stop(run.id(), session.actor()))
                        .count()
                > 0;
    }
}
