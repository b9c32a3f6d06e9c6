package io.largesse.samples.bench;

import static io.largesse.samples.bench.GrantBench.rounded;
import static io.largesse.samples.bench.GrantBench.say;
import static io.largesse.samples.bench.GrantBench.secondsSince;

import io.largesse.app.cli.Json;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.jobs.ArchiveDesk;
import io.largesse.jobs.RestoreArchiveDesk;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restoring a campaign from the archive, beside one COPY of the same coupons from a file. */
@Command(
        name = "restore",
        description = {
            "Restores the archived coupons of a campaign to their table.",
            "Beside it: one COPY of the same coupons from a file into an equal table."
        })
final class RestoreBench implements Callable<Integer> {

    @Option(names = "--rows", defaultValue = "1000000", description = "Coupons (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Override
    public Integer call() throws Exception {
        var heap = new Heap();
        try (var home = BenchHome.open()) {
            var cold = new ColdCoupons(home);
            say("filling the table with %,d coupons …", rows);
            var campaign = cold.fill("cold", rows);
            var file = home.path().resolve("cold.copy");
            cold.copyTo(file);
            say("archiving them …");
            GrantBench.require(
                    home.get(ArchiveDesk.class).archive(campaign, cold.before(), BenchCampaign.BENCH, p -> {}));
            cold.settle();
            say("copying them from a file …");
            var began = System.nanoTime();
            cold.copyFrom(file);
            var baseline = secondsSince(began);

            say("restoring them …");
            cold.settle();
            heap.reset();
            var until = home.get(Clock.class).instant().plus(Duration.ofDays(1));
            began = System.nanoTime();
            GrantBench.require(home.get(RestoreArchiveDesk.class)
                    .restore(ArchiveSelection.of(campaign.id()), until, BenchCampaign.BENCH, p -> {}));
            var took = secondsSince(began);
            if (cold.count() != rows) {
                throw new IllegalStateException(cold.count() + " coupons are restored instead of " + rows);
            }
            System.out.println(Json.of("bench", "restore")
                    .with("rows", rows)
                    .with("ratio", rounded(took / baseline))
                    .with("seconds", rounded(took))
                    .with("baselineSeconds", rounded(baseline))
                    .with("peakHeapMb", heap.peakMegabytes()));
        }
        return 0;
    }
}
