package io.largesse.samples.bench;

import static io.largesse.samples.bench.GrantBench.rounded;
import static io.largesse.samples.bench.GrantBench.say;
import static io.largesse.samples.bench.GrantBench.secondsSince;

import io.largesse.app.cli.Json;
import io.largesse.coupons.ArchiveObject;
import io.largesse.jobs.ArchiveDesk;
import io.largesse.jobs.RestoreArchiveDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Archiving, beside one COPY of the same coupons to a file. */
@Command(
        name = "archive",
        description = {
            "Archives coupons of a campaign that has ended: export, upload, read back, compare, delete.",
            "Beside it: one COPY of the same coupons to a file."
        })
final class ArchiveBench implements Callable<Integer> {

    @Option(names = "--rows", defaultValue = "1000000", description = "Coupons (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Option(
            names = "--warm-up",
            defaultValue = "3000000",
            description = "Coupons that are archived before it counts, as a node does every night (default:"
                    + " ${DEFAULT-VALUE}).")
    private long warmUp;

    @Override
    public Integer call() throws Exception {
        var heap = new Heap();
        try (var home = BenchHome.open()) {
            var cold = new ColdCoupons(home);
            var desk = home.get(ArchiveDesk.class);
            say("warming up …");
            var first = cold.fill("warm-up", warmUp);
            GrantBench.require(desk.archive(first, cold.before(), BenchCampaign.BENCH, p -> {}));

            say("filling the table with %,d coupons …", rows);
            var campaign = cold.fill("cold", rows);
            cold.settle();
            say("copying them to a file …");
            var file = home.path().resolve("cold.copy");
            var began = System.nanoTime();
            cold.copyTo(file);
            var baseline = secondsSince(began);

            say("archiving them …");
            cold.settle();
            heap.reset();
            began = System.nanoTime();
            GrantBench.require(desk.archive(campaign, cold.before(), BenchCampaign.BENCH, p -> {}));
            var took = secondsSince(began);

            var objects = home.get(RestoreArchiveDesk.class).objects(campaign);
            var archived = objects.stream().mapToLong(ArchiveObject::archived).sum();
            if (archived != rows || cold.count() != 0) {
                throw new IllegalStateException(archived + " coupons are archived, and " + cold.count() + " left");
            }
            System.out.println(Json.of("bench", "archive")
                    .with("rows", rows)
                    .with("ratio", rounded(took / baseline))
                    .with(
                            "bytesPerCoupon",
                            rounded((double) objects.stream()
                                            .mapToLong(ArchiveObject::bytes)
                                            .sum()
                                    / rows))
                    .with("seconds", rounded(took))
                    .with("baselineSeconds", rounded(baseline))
                    .with("objects", objects.size())
                    .with("warmUpRows", warmUp)
                    .with("peakHeapMb", heap.peakMegabytes()));
        }
        return 0;
    }
}
