package io.largesse.jobs;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeRange;
import io.largesse.coupons.CodeRanges;
import io.largesse.pools.Pools;
import io.largesse.pools.ShardRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.stereotype.Component;

/** What a run of generate-codes does before and after the codes. */
@Component
class CodeRun {

    static final String CAMPAIGN = "campaign";
    static final String COUNT = "count";

    private final Campaigns campaigns;
    private final CodeRanges ranges;
    private final Pools pools;
    private final LiveRuns live;

    CodeRun(Campaigns campaigns, CodeRanges ranges, Pools pools, LiveRuns live) {
        this.campaigns = campaigns;
        this.ranges = ranges;
        this.pools = pools;
        this.live = live;
    }

    /** Takes the serials in one transaction with the stock: they are this run's for ever, whatever happens next. */
    void reserve(StepExecution step) {
        var parameters = step.getJobExecution().getJobParameters();
        var campaign = campaigns.byId(Fence.number(parameters, CAMPAIGN));
        var range = ranges.reserve(campaign, Fence.number(parameters, COUNT), Steps.runOf(step));
        live.of(Steps.runOf(step)).begin("generate", 0, range.count());
        pools.gates().open(campaign.pool());
    }

    /** None if there are no codes to push: none were wanted, or they were of a pool that was left meanwhile. */
    Map<String, ExecutionContext> partitions(long run) {
        var range = ranges.ofRunIfAny(run);
        var parts = range == null || range.isLeft() ? Map.<String, ExecutionContext>of() : parts(range);
        live.of(run).partitions(parts.size());
        return parts;
    }

    Map<String, ExecutionContext> parts(CodeRange range) {
        var parts = new LinkedHashMap<String, ExecutionContext>();
        for (var part : partsOf(range)) {
            var context = new ExecutionContext();
            context.putInt("shard", part.shard());
            context.putLong(Partitions.FIRST, part.first());
            context.putLong(Partitions.LAST, part.last());
            parts.put("shard-" + part.shard(), context);
        }
        return parts;
    }

    /** The range is ready once Redis itself says that it has all of it. */
    void finish(StepExecution step) {
        var range = ranges.ofRunIfAny(Steps.runOf(step));
        if (range == null || range.isLeft()) {
            return;
        }
        var pool = campaigns.byId(range.campaignId()).pool();
        for (var part : partsOf(range)) {
            var next = pools.pushedUpTo(pool, part);
            if (next != part.last() + 1) {
                throw new IllegalStateException("code range " + range.id() + ": shard " + part.shard()
                        + " has serials up to " + (next - 1) + " instead of " + part.last()
                        + "; Redis lost data. Restart the run to push the rest");
            }
        }
        ranges.ready(range);
    }

    private List<ShardRange> partsOf(CodeRange range) {
        return ShardRange.split(range.id(), range.firstSerial(), range.lastSerial(), pools.shards());
    }
}
