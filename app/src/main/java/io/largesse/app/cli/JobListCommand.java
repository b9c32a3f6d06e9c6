package io.largesse.app.cli;

import io.largesse.coupons.Run;
import io.largesse.jobs.JobDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code job list}. */
@Command(
        name = "list",
        description = "List the jobs with their parameters, and the latest runs.",
        footer = {
            "",
            "Examples:",
            "  largesse job list",
            "  largesse job list --most 100",
            "",
            "Next: largesse job run NAME key=value…, largesse job restart RUN"
        })
final class JobListCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many runs at most (default: ${DEFAULT-VALUE}).")
    private int most;

    JobListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(JobDesk.class);
        var jobs = desk.jobs();
        var runs = desk.latest(most);
        var table = new Table(session.texts(), "app.label.job", "app.label.parameters", "app.label.purpose");
        jobs.forEach(j -> table.row(j.name(), String.join(" ", j.parameters()), j.purpose()));
        table.lines().forEach(session::show);
        session.show("");
        show(runs);
        session.answer(Json.of(
                        "jobs",
                        jobs.stream()
                                .map(j -> Json.of("job", j.name())
                                        .with("purpose", j.purpose())
                                        .with("parameters", j.parameters()))
                                .toList())
                .with("runs", runs.stream().map(RunView::json).toList()));
        return ExitCode.DONE;
    }

    private void show(List<Run> runs) {
        if (runs.isEmpty()) {
            session.say("app.job.no-runs");
            return;
        }
        var texts = session.texts();
        var table = new Table(
                texts,
                "app.label.run",
                "app.label.job",
                "app.label.subject",
                "app.label.run-state",
                "app.label.phase",
                "app.label.done",
                "app.label.started",
                "app.label.cause");
        for (var r : runs) {
            var id = Long.toString(r.id());
            table.row(id, r.job(), r.subject(), RunView.state(r, texts), r.phase(), r.done(), r.startedAt(), r.cause());
        }
        table.lines().forEach(session::show);
    }
}
