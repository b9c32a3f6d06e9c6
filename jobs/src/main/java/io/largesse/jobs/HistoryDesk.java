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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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

    /** Users complain later than operators look. */
    static final Duration LEAST_OF_LISTS = Duration.ofDays(30);

    private static final Pattern PARAMETERS = Pattern.compile("before=(\\S+)(?: lists-before=(\\S+))?");

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
     * unfinished stays; runs of grants, coupons and the audit trail stay too.
     *
     * @param listsBefore also lists, uploads and reports of grants that were over before then, at least 30 days ago, of
     *     campaigns that had been ended and whose coupons were past their end; null: none
     */
    public RunOutcome purge(Instant before, @Nullable Instant listsBefore, Actor by, Consumer<RunProgress> progress) {
        requireOld(before, listsBefore, clock.instant());
        var parameters = "before=" + before + (listsBefore == null ? "" : " lists-before=" + listsBefore);
        return work(runner.start(RunSpec.of(JOB, "history", parameters), by), before, listsBefore, progress);
    }

    static void requireOld(Instant before, @Nullable Instant listsBefore, Instant now) {
        requireOld(before, now);
        if (listsBefore != null && listsBefore.isAfter(now.minus(LEAST_OF_LISTS).plus(CLOCK_CHANGES))) {
            throw RefusedException.of("jobs.purge.lists-recent", listsBefore, LEAST_OF_LISTS.toDays());
        }
    }

    private static void requireOld(Instant before, Instant now) {
        if (before.isAfter(now.minus(LEAST).plus(CLOCK_CHANGES))) {
            throw RefusedException.of("jobs.purge.recent", before, LEAST.toDays());
        }
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var parameters = PARAMETERS.matcher(known.parameters());
        if (!parameters.matches()) {
            throw new IllegalStateException("run " + run + " has parameters " + known.parameters());
        }
        var lists = parameters.group(2);
        return work(
                runner.takeOver(known, progress),
                Instant.parse(parameters.group(1)),
                lists == null ? null : Instant.parse(lists),
                progress);
    }

    private RunOutcome work(
            RunHold hold, Instant before, @Nullable Instant listsBefore, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString(HistoryPurge.BEFORE, before.toString());
        if (listsBefore != null) {
            parameters.addString(HistoryPurge.LISTS_BEFORE, listsBefore.toString());
        }
        return runner.run(purgeHistory, hold, parameters.toJobParameters(), progress, outcome -> {});
    }
}
