package io.largesse.app.cli;

import io.largesse.coupons.Schedules;
import io.largesse.scheduler.ScheduleDesk;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule next}. */
@Command(
        name = "next",
        description =
                "Show the coming times of a schedule, or of one that you think of; changes of the clock are marked.",
        footer = {
            "",
            "Examples:",
            "  largesse schedule next nightly-sweep",
            "  largesse schedule next --cron \"30 2 * * *\" --zone America/New_York",
            "",
            "A time that the clock skips is due once it has been put forward. One that comes twice is due the first time, but",
            "every hour or every nth hour (* or */n) both times.",
            "Next: largesse schedule add --help"
        })
final class ScheduleNextCommand implements Callable<Integer> {

    private final Session session;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many times, 1 to 100 (default: ${DEFAULT-VALUE}).")
    private int most;

    ScheduleNextCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var name = which.name;
        var thought = which.thought;
        var cron = thought == null
                ? session.get(Schedules.class).byName(String.valueOf(name)).cron()
                : thought.cron;
        var zone = thought == null
                ? session.get(Schedules.class).byName(String.valueOf(name)).zone()
                : zone(thought.zone);
        var times = session.get(ScheduleDesk.class).next(cron, zone, Math.max(1, Math.min(100, most)));
        ScheduleView.next(times, session);
        session.answer(Json.of("next", ScheduleView.json(times)));
        return ExitCode.DONE;
    }

    static ZoneId zone(String name) {
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw io.largesse.coupons.RefusedException.of("app.schedule.zone", name);
        }
        return ZoneId.of(name);
    }

    /** A schedule's name, or what one would be. */
    static final class Which {

        @Parameters(paramLabel = "NAME", description = "The schedule.")
        private @Nullable String name;

        @ArgGroup(exclusive = false)
        private @Nullable Thought thought;
    }

    /** A schedule that is not there yet. */
    static final class Thought {

        @Option(
                names = "--cron",
                paramLabel = "C",
                required = true,
                description = "Minute, hour, day of the month, month, day of the week.")
        private String cron = "";

        @Option(
                names = "--zone",
                paramLabel = "Z",
                required = true,
                description = "The time zone, as in Asia/Shanghai.")
        private String zone = "";
    }
}
