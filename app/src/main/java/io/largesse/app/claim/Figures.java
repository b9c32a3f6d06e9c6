package io.largesse.app.claim;

import io.largesse.app.node.Repeating;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.Runs;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the stores hold, as gauges: looked at every five seconds, so that asking for the figures costs nothing. */
final class Figures extends Repeating {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final CampaignBoard board;
    private final Pools pools;
    private final Claims claims;
    private final ClaimStreams streams;
    private final ClaimShards shards;
    private final Allotments allotments;
    private final Runs runs;
    private final Clock clock;

    private final MultiGauge poolCodes;
    private final MultiGauge runCounts;
    private final MultiGauge runAges;
    private final MultiGauge runsSilent;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong waitingSeconds = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();
    private final AtomicLong allotted = new AtomicLong();

    Figures(
            CampaignBoard board,
            Pools pools,
            Claims claims,
            ClaimStreams streams,
            ClaimShards shards,
            Allotments allotments,
            Runs runs,
            MeterRegistry registry,
            Clock clock) {
        super("figures", LOOK);
        this.board = board;
        this.pools = pools;
        this.claims = claims;
        this.streams = streams;
        this.shards = shards;
        this.allotments = allotments;
        this.runs = runs;
        this.clock = clock;
        poolCodes = multi(registry, "largesse.pool.codes", "Codes in a campaign's pool");
        runCounts = multi(registry, "largesse.runs", "Runs that are not over");
        runAges = multi(registry, "largesse.runs.age.seconds", "Since the oldest such run started");
        runsSilent = multi(registry, "largesse.runs.silent", "Runs whose process gives no sign");
        gauge(registry, "largesse.claims.waiting", "Claims not yet written to PostgreSQL", waiting);
        gauge(registry, "largesse.claims.waiting.age.seconds", "Since the oldest of them", waitingSeconds);
        gauge(registry, "largesse.claims.closed.shards", "Shards that answer no claims", closed);
        gauge(registry, "largesse.allotments.open.codes", "Codes of grants that are begun and not done", allotted);
        Gauge.builder("largesse.figures.age.seconds", this, Figures::secondsSinceRound)
                .description("Since these figures were last looked up")
                .register(registry);
    }

    private static MultiGauge multi(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(registry);
    }

    @Override
    public int getPhase() {
        return BENEATH_ANSWERS;
    }

    @Override
    protected boolean round() {
        var levels = new ArrayList<MultiGauge.Row<?>>();
        for (var posted : board.open()) {
            var campaign = posted.campaign();
            var level = pools.level(campaign.pool()).sum();
            levels.add(MultiGauge.Row.of(Tags.of("campaign", campaign.name()), level));
        }
        poolCodes.register(levels, true);
        lookAtClaims();
        lookAtRuns();
        allotted.set(allotments.open());
        return false;
    }

    private void lookAtClaims() {
        long entries = 0;
        var oldest = clock.instant();
        for (int shard = 0; shard < pools.shards(); shard++) {
            entries += streams.waiting(shard);
            var first = streams.oldest(shard);
            oldest = first != null && first.isBefore(oldest) ? first : oldest;
        }
        waiting.set(entries);
        waitingSeconds.set(Duration.between(oldest, clock.instant()).toSeconds());
        var open = claims.isOpen();
        if (!open) {
            closed.set(pools.shards()); // also while PostgreSQL is away, which alone knows the epochs
        }
        closed.set(shards.all().stream()
                .filter(shard -> !open || !Long.valueOf(shard.epoch()).equals(claims.epoch(shard.shard())))
                .count());
    }

    private void lookAtRuns() {
        var counts = new ArrayList<MultiGauge.Row<?>>();
        var ages = new ArrayList<MultiGauge.Row<?>>();
        var silent = new ArrayList<MultiGauge.Row<?>>();
        for (var figure : runs.figures()) {
            var tags = Tags.of("job", figure.job(), "state", figure.state().name());
            counts.add(MultiGauge.Row.of(tags, figure.runs()));
            if (figure.state().isActive()) {
                ages.add(MultiGauge.Row.of(tags, figure.oldestSeconds()));
                silent.add(MultiGauge.Row.of(tags, figure.silent()));
            }
        }
        runCounts.register(counts, true);
        runAges.register(ages, true);
        runsSilent.register(silent, true);
    }
}
