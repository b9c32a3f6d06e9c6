package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeRanges;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.PoolNumbers;
import io.largesse.coupons.RefusedException;
import io.largesse.jobs.CodeMap.Place;
import io.largesse.pools.Pools;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** What a run of rebuild-pool does before it pushes the fresh codes. No other run moves codes of the campaign meanwhile. */
@Component
class PoolRebuild {

    private final Campaigns campaigns;
    private final PoolNumbers numbers;
    private final CodeRanges ranges;
    private final CodeKeys keys;
    private final HeldCodes held;
    private final Pools pools;
    private final LiveRuns live;

    PoolRebuild(
            Campaigns campaigns,
            PoolNumbers numbers,
            CodeRanges ranges,
            CodeKeys keys,
            HeldCodes held,
            Pools pools,
            LiveRuns live) {
        this.campaigns = campaigns;
        this.numbers = numbers;
        this.ranges = ranges;
        this.keys = keys;
        this.held = held;
        this.pools = pools;
        this.live = live;
    }

    /**
     * Leaves the pool, in one transaction with the void codes and with the serials of as many fresh ones: whatever happens
     * next, they are this run's.
     */
    void leave(StepExecution step) {
        var run = Steps.runOf(step);
        if (ranges.ofRunIfAny(run) != null) {
            return; // it was committed, and Spring Batch has not heard of it
        }
        live.of(run).begin("count", 0, 0);
        var campaign = numbers.lock(campaignOf(step));
        try {
            leave(run, campaign);
        } catch (RefusedException e) {
            pools.gates().open(campaign.pool()); // nothing has changed, and nobody goes on with this
            throw e;
        }
    }

    private void leave(long run, Campaign campaign) {
        var closed = pools.gates().close(campaign.pool());
        var count = held(campaign);
        if (!pools.gates().of(campaign.pool()).equals(closed)) {
            throw new IllegalStateException("somebody has opened the gate of " + campaign.name()
                    + " while its codes were counted. Nothing was changed; restart the run");
        }
        var now = numbers.leave(campaign, count, new Actor("largesse", "job", "run " + run));
        var fresh = now.voided() - campaign.voided();
        if (fresh > 0 && now.status() != CampaignStatus.ENDED) {
            var unused = ranges.reserve(now, fresh, run);
        }
    }

    /** Codes of claims that are not written yet count, too: claims go on being written. */
    private long held(Campaign campaign) {
        var map = new CodeMap(ranges.of(campaign), CodeReader.of(keys));
        held.look(campaign, map);
        if (map.strange() > 0) {
            throw new IllegalStateException(map.strange() + " codes that somebody has were never generated for "
                    + campaign.name() + ". Nothing was changed");
        }
        return map.serials() - map.count(Place.NOWHERE);
    }

    /** What stood in pools that were left is of no use to anybody. The new pool is open, unless the campaign has ended. */
    void open(StepExecution step) {
        var campaign = campaigns.byId(campaignOf(step));
        for (var pool : numbers.left(campaign)) {
            pools.gates().close(pool);
            pools.discard(pool);
            numbers.discarded(pool);
        }
        var range = ranges.ofRunIfAny(Steps.runOf(step));
        live.of(Steps.runOf(step)).begin("generate", 0, range == null ? 0 : range.count());
        if (campaign.status() != CampaignStatus.ENDED) {
            pools.gates().open(campaign.pool());
        }
    }

    private static long campaignOf(StepExecution step) {
        return Fence.number(step.getJobExecution().getJobParameters(), CodeRun.CAMPAIGN);
    }
}
