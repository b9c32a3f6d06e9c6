package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.function.Consumer;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask when a pool cannot be trusted any more. It works in the calling thread. */
@Component
public class PoolDesk {

    static final String JOB = "rebuild-pool";

    private static final String PARAMETER = "campaign=";

    private final Job rebuildPool;
    private final JobRunner runner;
    private final Runs runs;
    private final Campaigns campaigns;

    PoolDesk(Job rebuildPool, JobRunner runner, Runs runs, Campaigns campaigns) {
        this.rebuildPool = rebuildPool;
        this.runner = runner;
        this.runs = runs;
        this.campaigns = campaigns;
    }

    /**
     * Voids every code of the campaign that nobody holds, and generates as many anew into a pool of another number; none if
     * the campaign has ended. Goes on with an earlier attempt that did not get to its end. Refused while another run
     * moves codes of the campaign; claims wait meanwhile.
     */
    public RunOutcome rebuild(Campaign campaign, Actor by, Consumer<RunProgress> progress) {
        var subject = "pool of " + campaign.name();
        var last = runs.last(JOB, subject);
        var hold = last == null || last.state() == RunState.DONE || last.state() == RunState.REFUSED
                ? runner.start(new RunSpec(JOB, subject, PARAMETER + campaign.id(), campaign.id(), true), by)
                : runner.takeOver(last, progress);
        return work(hold, campaign, progress);
    }

    /** Goes on with a run that stopped, failed or died. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var campaign = campaigns.byId(Long.parseLong(known.parameters().substring(PARAMETER.length())));
        return work(runner.takeOver(known, progress), campaign, progress);
    }

    private RunOutcome work(RunHold hold, Campaign campaign, Consumer<RunProgress> progress) {
        var parameters = new JobParametersBuilder()
                .addLong(Fence.RUN, hold.run())
                .addLong(CodeRun.CAMPAIGN, campaign.id())
                .toJobParameters();
        return runner.run(rebuildPool, hold, parameters, progress, outcome -> {});
    }
}
