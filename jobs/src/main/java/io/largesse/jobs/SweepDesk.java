package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask when coupons and campaigns are past their end. It works in the calling thread. */
@Component
public class SweepDesk {

    static final String JOB = "sweep-expired";

    static final String BY = "by";
    static final String ORIGIN = "origin";

    private static final Pattern PARAMETERS = Pattern.compile("(?:campaign=(\\d+) )?cutoff=(\\S+)");

    private final Job sweepExpired;
    private final JobRunner runner;
    private final Runs runs;
    private final Campaigns campaigns;
    private final Clock clock;

    SweepDesk(Job sweepExpired, JobRunner runner, Runs runs, Campaigns campaigns, Clock clock) {
        this.sweepExpired = sweepExpired;
        this.runner = runner;
        this.runs = runs;
        this.campaigns = campaigns;
        this.clock = clock;
    }

    /**
     * Unspent coupons past their end become EXPIRED, while everything goes on; then the codes of campaigns that have ended are
     * void, and leave Redis. Past their end is what is so by the database's clock as well: what is expired is so for good.
     *
     * @param campaign null for all
     * @param cutoff those that end then or ended before; not in the future, null for now
     */
    public RunOutcome sweep(
            @Nullable Campaign campaign, @Nullable Instant cutoff, Actor by, Consumer<RunProgress> progress) {
        var now = clock.instant();
        var until = cutoff == null ? now : cutoff;
        if (until.isAfter(now)) {
            throw RefusedException.of("jobs.sweep.future", until, now);
        }
        var parameters = (campaign == null ? "" : "campaign=" + campaign.id() + " ") + "cutoff=" + until;
        var subject = campaign == null ? "coupons" : "coupons of " + campaign.name();
        return work(runner.start(RunSpec.of(JOB, subject, parameters), by), campaign, until, by, progress);
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Actor by, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var parameters = PARAMETERS.matcher(known.parameters());
        if (!known.job().equals(JOB) || !parameters.matches()) {
            throw RefusedException.of("jobs.run.other-job", run, known.job());
        }
        var id = parameters.group(1);
        var campaign = id == null ? null : campaigns.byId(Long.parseLong(id));
        var cutoff = Instant.parse(parameters.group(2));
        return work(runner.takeOver(known, progress), campaign, cutoff, by, progress);
    }

    private RunOutcome work(
            RunHold hold, @Nullable Campaign campaign, Instant cutoff, Actor by, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addString("cutoff", cutoff.toString())
                .addString(BY, by.name(), false)
                .addString(ORIGIN, by.origin(), false);
        if (campaign != null) {
            parameters.addLong(CodeRun.CAMPAIGN, campaign.id());
        }
        return runner.run(sweepExpired, hold, parameters.toJobParameters(), progress, ended -> {});
    }
}
