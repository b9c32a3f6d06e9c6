package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedule resume}. */
@Command(
        name = "resume",
        description = "Resume a schedule that was paused, from now on.",
        footer = {"", "Examples:", "  largesse schedule resume nightly-sweep", "", "Next: largesse schedule next NAME"})
final class ScheduleResumeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The schedule.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    ScheduleResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedules = session.get(Schedules.class);
        var schedule = schedules.byName(name);
        schedules.pause(schedule, false, session.actor());
        session.say("app.schedule.resumed", name);
        ScheduleView.noteIfNoClock(session);
        session.answer(Json.of("name", name));
        return ExitCode.DONE;
    }
}
