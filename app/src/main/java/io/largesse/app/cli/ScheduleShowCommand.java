package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule show}. */
@Command(
        name = "show",
        description = "Show a schedule and what became of its times, newest first.",
        footer = {"", "Examples:", "  largesse schedule show nightly-sweep", "", "Next: largesse schedule next NAME"})
final class ScheduleShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The schedule.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many times at most (default: ${DEFAULT-VALUE}).")
    private int most;

    ScheduleShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedules = session.get(Schedules.class);
        var s = schedules.byName(name);
        var fires = schedules.latest(s, Math.max(1, most));
        new Facts(session.texts())
                .add("app.label.schedule", s.name())
                .add("app.label.job", s.job() + " " + String.join(" ", s.parameters()))
                .add("app.label.cron", s.cron())
                .add("app.label.zone", s.zone().getId())
                .add("app.label.misfire", s.misfire())
                .add("app.label.overlap", s.overlap())
                .add("app.label.paused", s.paused() ? session.text("app.schedule.paused") : null)
                .lines()
                .forEach(session::show);
        var table = new Table(
                session.texts(), "app.label.planned", "app.label.run-state", "app.label.run", "app.label.reason");
        for (var fire : fires) {
            var run = fire.runId();
            var why = fire.reason();
            table.row(fire.plannedAt(), fire.state(), run == null ? "" : Long.toString(run), why == null ? "" : why);
        }
        session.show("");
        table.lines().forEach(session::show);
        session.answer(ScheduleView.json(s, session)
                .with(
                        "times",
                        fires.stream()
                                .map(fire -> Json.of("planned", fire.plannedAt())
                                        .with("state", fire.state())
                                        .with("runId", fire.runId() == null ? null : String.valueOf(fire.runId()))
                                        .with("reason", fire.reason()))
                                .toList()));
        return ExitCode.DONE;
    }
}
