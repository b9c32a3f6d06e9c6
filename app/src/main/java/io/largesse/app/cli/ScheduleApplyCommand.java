package io.largesse.app.cli;

import io.largesse.app.yaml.SchedulesFile;
import io.largesse.scheduler.ScheduleDesk;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code schedule apply}. */
@Command(
        name = "apply",
        description =
                "Add the schedules of a file, and change those that are there and different; all of them or none.",
        footer = {
            "",
            "Examples:",
            "  largesse schedule apply --file samples/schedules/nightly.yaml",
            "",
            "Schedules that are not in the file stay as they are.",
            "Next: largesse schedule list"
        })
final class ScheduleApplyCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "The schedules; samples/schedules explains every key.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    ScheduleApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var drafts = SchedulesFile.read(file);
        var applied = session.get(ScheduleDesk.class).apply(drafts, session.actor());
        if (applied.isEmpty()) {
            session.say("app.schedule.nothing-new");
        } else {
            session.say("app.schedule.applied", String.join(", ", applied));
            ScheduleView.noteIfNoClock(session);
        }
        session.answer(Json.of("applied", applied));
        return ExitCode.DONE;
    }
}
