package io.largesse.samples.bench;

import static io.largesse.samples.bench.GrantBench.rounded;
import static io.largesse.samples.bench.GrantBench.say;
import static io.largesse.samples.bench.GrantBench.secondsSince;

import io.largesse.app.cli.Json;
import io.largesse.coupons.Campaign;
import io.largesse.jobs.CodeDesk;
import io.largesse.jobs.SweepDesk;
import io.largesse.pools.Claims;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** The sweep of expired coupons, beside one UPDATE of the same rows; and what users who claim meanwhile notice of it. */
@Command(
        name = "sweep",
        description = {
            "Sweeps coupons past their end, beside one UPDATE of the same rows in an equal table.",
            "Then sweeps as many again while users claim at a node, and tells what their slowest hundredth waits with and"
                    + " without it."
        })
final class SweepBench implements Callable<Integer> {

    private static final int SHARDS = 8;

    /** Claims until the node's compiler has little left to do. */
    private static final int WARM_UP = 400_000;

    @Option(names = "--rows", defaultValue = "1000000", description = "Coupons to sweep (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--per-second",
            defaultValue = "2000",
            description = "Claims a second meanwhile (default: ${DEFAULT-VALUE}).")
    private int perSecond;

    @Option(names = "--seconds", defaultValue = "12", description = "How long users claim (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Override
    public Integer call() throws Exception {
        var heap = new Heap();
        try (var home = BenchHome.open()) {
            var users = perSecond * seconds;
            var stock = 2L * (WARM_UP + 2 * users);
            var campaign = BenchCampaign.create(home, stock);
            var tables = new CouponTables(home.get(DataSource.class));
            fill(home, tables, campaign);
            say("sweeping …");
            var swept = sweep(home, tables);
            tables.settle();
            say("updating the same coupons by one statement …");
            var began = System.nanoTime();
            if (tables.expire() != rows) {
                throw new IllegalStateException("the baseline has not updated " + rows + " coupons");
            }
            var baseline = secondsSince(began);

            fill(home, tables, campaign);
            heap.reset();
            GrantBench.require(home.get(CodeDesk.class).generate(campaign, stock, BenchCampaign.BENCH, p -> {}));
            var live = live(home, tables, campaign, users);
            System.out.println(Json.of("bench", "sweep")
                    .with("rows", rows)
                    .with("ratio", rounded(swept / baseline))
                    .with("seconds", rounded(swept))
                    .with("baselineSeconds", rounded(baseline))
                    .with("peakHeapMb", heap.peakMegabytes())
                    .with("live", live));
        }
        return 0;
    }

    private void fill(BenchHome home, CouponTables tables, Campaign campaign) {
        say("filling two tables with %,d coupons each …", rows);
        tables.fill(rows, campaign.id(), BenchCampaign.codePrefix(home), "-1 hour");
        tables.settle();
    }

    private double sweep(BenchHome home, CouponTables tables) {
        var began = System.nanoTime();
        GrantBench.require(home.get(SweepDesk.class).sweep(null, null, BenchCampaign.BENCH, p -> {}));
        var took = secondsSince(began);
        if (tables.count("EXPIRED") != rows) {
            throw new IllegalStateException(tables.count("EXPIRED") + " coupons are swept instead of " + rows);
        }
        return took;
    }

    private Json live(BenchHome home, CouponTables tables, Campaign campaign, int count) throws Exception {
        for (int shard = 0; shard < SHARDS; shard++) {
            home.get(Claims.class).setEpoch(shard, 1);
        }
        var tokens = Users.tokens(home, WARM_UP + 2 * count);
        var phase = count + "@" + perSecond;
        JsonNode quiet;
        JsonNode swept;
        double took;
        try (var node = Serving.start(home.path());
                var users = Users.start(home, node, campaign, tokens, 64, WARM_UP + "@max", phase, phase)) {
            users.next();
            quiet = users.next();
            say("sweeping while %,d users a second claim …", perSecond);
            took = sweep(home, tables);
            swept = users.next();
        }
        return Json.of("perSecond", perSecond)
                .with("sweepSeconds", rounded(took))
                .with("quietP99Millis", quiet.get("p99Millis").asDouble())
                .with("p99Millis", swept.get("p99Millis").asDouble())
                .with(
                        "p99Ratio",
                        rounded(swept.get("p99Millis").asDouble()
                                / quiet.get("p99Millis").asDouble()))
                .with(
                        "errors",
                        quiet.get("errors").asInt() + swept.get("errors").asInt());
    }
}
