package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * The codes of campaigns that have ended are void, and leave Redis; each campaign by a run of its own, which has transactions of
 * its own: so this is a step of its own kind, since Spring Batch puts a transaction around others.
 */
final class LeavePoolsStep extends AbstractStep {

    private static final Logger LOG = LoggerFactory.getLogger(LeavePoolsStep.class);

    /** Longer than a claim waits for PostgreSQL, and than refusals are told. */
    private static final Duration REMEMBERED = Duration.ofDays(8);

    private final Campaigns campaigns;
    private final Pools pools;
    private final PoolDesk desk;
    private final Runs runs;
    private final LiveRuns live;
    private final Clock clock;

    LeavePoolsStep(
            JobRepository jobs,
            Campaigns campaigns,
            Pools pools,
            PoolDesk desk,
            Runs runs,
            LiveRuns live,
            Clock clock) {
        super(jobs);
        this.campaigns = campaigns;
        this.pools = pools;
        this.desk = desk;
        this.runs = runs;
        this.live = live;
        this.clock = clock;
        setName("leave-pools");
    }

    @Override
    protected void doExecute(StepExecution step) {
        var parameters = step.getJobExecution().getJobParameters();
        var hold = Fence.holdOf(parameters);
        var by = new Actor(
                Objects.requireNonNull(parameters.getString(SweepDesk.BY)),
                Objects.requireNonNull(parameters.getString(SweepDesk.ORIGIN)),
                "run-" + hold.run());
        var only = parameters.getLong(CodeRun.CAMPAIGN);
        var failed = false;
        var longAgo = clock.instant().minus(REMEMBERED);
        for (var campaign : only == null ? campaigns.all() : List.of(campaigns.byId(only))) {
            if (runs.fence(hold)) {
                step.setTerminateOnly();
                return;
            }
            if (campaign.status() == CampaignStatus.ENDED && !isEmpty(campaign)) {
                live.of(hold.run()).begin("leave", 0, 0);
                failed |= !leave(step, campaign, by);
            }
            if (campaign.status() == CampaignStatus.ENDED && campaign.closesAt().isBefore(longAgo)) {
                pools.contents().discardLedger(campaign.ledger()); // what its users have stands in PostgreSQL
            }
        }
        if (failed) {
            throw new IllegalStateException("the codes of some campaigns that have ended are not void; see the log");
        }
    }

    /** Not if its codes are on the move: the next sweep finds them. */
    private boolean leave(StepExecution step, Campaign campaign, Actor by) {
        try {
            var left = desk.rebuild(campaign, by, progress -> {});
            if (left.state() == RunState.STOPPED) {
                step.setTerminateOnly();
            } else if (left.state() != RunState.DONE) {
                LOG.error("the codes of {} are not void: run {} is {}", campaign.name(), left.run(), left.state());
                return false;
            }
        } catch (RefusedException e) {
            Remarks.add(
                    step,
                    "codes of " + campaign.name()
                            + " are not void yet, since another run moves them: the next sweep takes them");
        }
        return true;
    }

    private boolean isEmpty(Campaign campaign) {
        return pools.level(campaign.pool()).sum() == 0 && !pools.moves().isPending(campaign.pool());
    }
}
