package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask when records are older than anybody asks for. It works in the calling thread. */
@Component
public class HistoryDesk {

    static final String JOB = "purge-history";

    /** What happened in the last days is asked for by whoever looks after the house. */
    static final Duration LEAST = Duration.ofDays(7);

    /** Seven days of a calendar are an hour less when the clock is put forward. */
    private static final Duration CLOCK_CHANGES = Duration.ofHours(2);

    private static final String PARAMETER = "before=";

    private final Job purgeHistory;
    private final JobRunner runner;
    private final Runs runs;
    private final Clock clock;

    HistoryDesk(Job purgeHistory, JobRunner runner, Runs runs, Clock clock) {
        this.purgeHistory = purgeHistory;
        this.runner = runner;
        this.runs = runs;
        this.clock = clock;
    }

    /**
     * Forgets records of runs and of times of schedules that ended before an instant, at least seven days ago. What is
     * unfinished stays; runs of grants, lists, coupons and the audit trail stay too.
     */
    public RunOutcome purge(Instant before, Actor by, Consumer<RunProgress> progress) {
        requireOld(before, clock.instant());
        return work(runner.start(RunSpec.of(JOB, "history", PARAMETER + before), by), before, progress);
    }

    static void requireOld(Instant before, Instant now) {
        if (before.isAfter(now.minus(LEAST).plus(CLOCK_CHANGES))) {
            throw RefusedException.of("jobs.purge.recent", before, LEAST.toDays());
        }
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var before = Instant.parse(known.parameters().substring(PARAMETER.length()));
        return work(runner.takeOver(known, progress), before, progress);
    }

    private RunOutcome work(RunHold hold, Instant before, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString(HistoryPurge.BEFORE, before.toString())
                .toJobParameters();
        return runner.run(purgeHistory, hold, parameters, progress, outcome -> {});
    }
}
