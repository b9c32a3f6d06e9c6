package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedule fire}. */
@Command(
        name = "fire",
        description = "Run a schedule now, by a node with the role scheduler, whatever the clock says.",
        footer = {"", "Examples:", "  largesse schedule fire nightly-sweep", "", "Next: largesse schedule show NAME"})
final class ScheduleFireCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The schedule.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    ScheduleFireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedules = session.get(Schedules.class);
        var schedule = schedules.byName(name);
        var at = schedules.fire(schedule, session.actor());
        session.say("app.schedule.fired", name, at);
        ScheduleView.noteIfNoClock(session);
        session.answer(Json.of("name", name));
        return ExitCode.DONE;
    }
}
