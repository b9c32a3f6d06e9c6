package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeRange;
import io.largesse.coupons.CodeRanges;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import io.largesse.coupons.PoolNumbers;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Pools;
import io.largesse.writers.ClaimWriter;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;

/** What a run of rebuild-pool does before it pushes the fresh codes. No other run moves codes of the campaign meanwhile. */
@Component
class PoolRebuild {

    private static final int CLAIMS_AT_ONCE = 5_000;

    private final PoolNumbers numbers;
    private final CodeRanges ranges;
    private final CodeKeys keys;
    private final Archives archives;
    private final ClaimShards claims;
    private final ClaimStreams streams;
    private final Pools pools;
    private final LiveRuns live;
    private final DataSource database;
    private final Clock clock;

    PoolRebuild(
            PoolNumbers numbers,
            CodeRanges ranges,
            CodeKeys keys,
            Archives archives,
            ClaimShards claims,
            ClaimStreams streams,
            Pools pools,
            LiveRuns live,
            DataSource database,
            Clock clock) {
        this.numbers = numbers;
        this.ranges = ranges;
        this.keys = keys;
        this.archives = archives;
        this.claims = claims;
        this.streams = streams;
        this.pools = pools;
        this.live = live;
        this.database = database;
        this.clock = clock;
    }

    /**
     * Leaves the pool, in one transaction with the void codes and with the serials of as many fresh ones: whatever happens
     * next, they are this run's.
     */
    void leave(StepExecution step) throws SQLException {
        var run = Steps.runOf(step);
        if (ranges.ofRunIfAny(run) != null) {
            return; // it was committed, and Spring Batch has not heard of it
        }
        live.of(run).begin("count", 0, 0);
        var campaign = numbers.lock(campaignOf(step));
        var before = pools.gates().of(campaign.pool());
        try {
            leave(run, campaign);
        } catch (RuntimeException | SQLException e) {
            if (before.open()) {
                pools.gates().open(campaign.pool()); // nothing has changed
            }
            throw e;
        }
    }

    private void leave(long run, Campaign campaign) throws SQLException {
        var closed = pools.gates().close(campaign.pool());
        writeClaims(campaign);
        var now = numbers.leave(campaign, actor(run));
        if (!pools.gates().of(campaign.pool()).equals(closed)) {
            throw new IllegalStateException("somebody has opened the gate of " + campaign.name()
                    + " while its codes were counted. Nothing was changed; restart the run");
        }
        var fresh = now.voided() - campaign.voided();
        if (fresh > 0 && now.status() != CampaignStatus.ENDED) {
            var unused = ranges.reserve(now, fresh, run);
        }
    }

    /** Claims that were answered and wait to be written become coupons here: then PostgreSQL alone knows who has what. */
    private void writeClaims(Campaign campaign) throws SQLException {
        var known = ranges.of(campaign);
        var reader = CodeReader.of(keys);
        var waiting = new ArrayList<ClaimEntry>();
        for (int shard = 0; shard < pools.shards(); shard++) {
            streams.forEachOrFail(shard, entry -> {
                if (entry.campaign() == campaign.id() && isOf(known, reader.read(entry.code()))) {
                    waiting.add(entry);
                }
            });
        }
        var connection = DataSourceUtils.getConnection(database);
        try {
            var at = clock.instant().truncatedTo(ChronoUnit.MICROS);
            for (int from = 0; from < waiting.size(); from += CLAIMS_AT_ONCE) {
                var some = waiting.subList(from, Math.min(waiting.size(), from + CLAIMS_AT_ONCE));
                // what could not be written is made good by the drains
                for (var left : ClaimWriter.write(connection, some, at)) {
                    writeBesideArchive(left, campaign);
                }
            }
        } finally {
            DataSourceUtils.releaseConnection(connection, database);
        }
    }

    /** A code that PostgreSQL knows nothing of, since it was restored, is no coupon: the drains give its user another one. */
    private static boolean isOf(List<CodeRange> known, CodeReading code) {
        return code instanceof CodeReading.Valid valid && known.stream().anyMatch(range -> range.has(valid));
    }

    /** Where coupons are archived, a claim is written if its coupon is neither in the table nor in the archive. */
    private void writeBesideArchive(ClaimEntry claim, Campaign campaign) {
        if (archives.isAny(campaign.id()) && claim.pool() == campaign.pool() && claims.codeOf(claim) == null) {
            var unused = claims.writeIfFree(claim);
        }
    }

    /**
     * What stands in pools that were left is of no use to anybody. The new pool is open, unless the campaign has ended; then
     * its fresh codes are void too.
     */
    void open(StepExecution step) {
        var run = Steps.runOf(step);
        var campaign = numbers.lock(campaignOf(step));
        var range = ranges.ofRunIfAny(run);
        if (campaign.status() == CampaignStatus.ENDED && range != null && !range.isLeft()) {
            campaign = numbers.leave(campaign, actor(run));
        }
        for (var pool : numbers.left(campaign)) {
            pools.gates().close(pool);
            pools.contents().discard(pool);
        }
        live.of(run).begin("generate", 0, range == null ? 0 : range.count());
        if (campaign.status() != CampaignStatus.ENDED) {
            pools.gates().open(campaign.pool());
        }
    }

    private static Actor actor(long run) {
        return new Actor("largesse", "job", "run " + run);
    }

    private static long campaignOf(StepExecution step) {
        return Fence.number(step.getJobExecution().getJobParameters(), CodeRun.CAMPAIGN);
    }
}
