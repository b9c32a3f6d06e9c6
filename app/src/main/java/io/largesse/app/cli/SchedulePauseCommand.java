package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import io.largesse.scheduler.ScheduleDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedule pause}. */
@Command(
        name = "pause",
        description = "Pause a schedule: no time of it is planned until it is resumed, nor made up for.",
        footer = {"", "Examples:", "  largesse schedule pause nightly-sweep", "", "Next: largesse schedule resume NAME"
        })
final class SchedulePauseCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The schedule.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    SchedulePauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedule = session.get(Schedules.class).byName(name);
        session.get(ScheduleDesk.class).pause(schedule, session.actor());
        session.say("app.schedule.is-paused", name);
        session.answer(Json.of("name", name));
        return ExitCode.DONE;
    }
}
