package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code schedule remove}. */
@Command(
        name = "remove",
        description = "Remove a schedule, with the record of its times. Runs stay.",
        footer = {"", "Examples:", "  largesse schedule remove nightly-sweep", "", "Next: largesse schedule list"})
final class ScheduleRemoveCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The schedule.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    ScheduleRemoveCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var schedules = session.get(Schedules.class);
        var schedule = schedules.byName(name);
        schedules.remove(schedule, session.actor());
        session.say("app.schedule.removed", name);
        session.answer(Json.of("name", name));
        return ExitCode.DONE;
    }
}
