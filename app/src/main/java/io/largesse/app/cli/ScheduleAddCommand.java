package io.largesse.app.cli;

import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.ScheduleDraft;
import io.largesse.scheduler.ScheduleDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code schedule add}. */
@Command(
        name = "add",
        description = "Add a schedule: a job by the clock, from now on.",
        footer = {
            "",
            "Examples:",
            "  largesse schedule add nightly-sweep --cron \"30 2 * * *\" --zone Asia/Shanghai --job sweep-expired \\",
            "      cutoff=@planned",
            "  largesse schedule add top-up --cron \"*/10 * * * *\" --zone Asia/Shanghai --job generate-codes \\",
            "      --misfire once --overlap skip campaign=summer to-level=500000",
            "",
            "Times that a parameter needs may be relative to the planned one: @planned, @planned-1d, @planned+2h.",
            "Next: largesse schedule next NAME, largesse serve"
        })
final class ScheduleAddCommand implements Callable<Integer> {

    private static final int SHOWN = 10;

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(
            names = "--cron",
            paramLabel = "C",
            required = true,
            description =
                    "Minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly.")
    private String cron = "";

    @Option(names = "--zone", paramLabel = "Z", required = true, description = "The time zone, as in Asia/Shanghai.")
    private String zone = "";

    @Option(
            names = "--job",
            paramLabel = "JOB",
            required = true,
            description =
                    "generate-codes, sweep-expired, take-inbox, archive-coupons, reconcile or purge-history; largesse job list tells their parameters.")
    private String job = "";

    @Option(
            names = "--misfire",
            paramLabel = "M",
            defaultValue = "once",
            description = {
                "If nobody looked when it was due. each: each time is made up for; once: the latest; skip: none",
                "(default: ${DEFAULT-VALUE})."
            })
    private Misfire misfire = Misfire.ONCE;

    @Option(
            names = "--overlap",
            paramLabel = "O",
            defaultValue = "queue",
            description =
                    "If the one before has not ended. queue: it waits; skip: it does not run (default: ${DEFAULT-VALUE}).")
    private Overlap overlap = Overlap.QUEUE;

    @Parameters(index = "1..*", paramLabel = "key=value", description = "Parameters of the job.")
    private List<String> parameters = List.of();

    ScheduleAddCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(ScheduleDesk.class);
        var draft = new ScheduleDraft(name, job, parameters, cron, ScheduleNextCommand.zone(zone), misfire, overlap);
        var added = desk.add(draft, session.actor());
        var times = desk.next(added.cron(), added.zone(), SHOWN);
        session.say("app.schedule.added", added.name());
        ScheduleView.next(times, session);
        ScheduleView.noteIfNoClock(session);
        session.answer(ScheduleView.json(added, session).with("times", ScheduleView.json(times)));
        return ExitCode.DONE;
    }
}
