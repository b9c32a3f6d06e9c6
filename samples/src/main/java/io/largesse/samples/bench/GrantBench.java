package io.largesse.samples.bench;

import io.largesse.app.cli.Json;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.RunState;
import io.largesse.jobs.CodeDesk;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.GrantRequest;
import io.largesse.jobs.RevokeDesk;
import io.largesse.jobs.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the file to the committed coupons, beside one COPY of the same coupons in the order of the file. */
@Command(
        name = "grant",
        description = {
            "Grants to a list of distinct users in no order: the time from the file to the committed coupons, into a table"
                    + " that holds coupons already, beside one COPY of the same rows in file order into an equal table.",
            "With several sizes also the exponent: how the time grows with the rows (1: in proportion)."
        })
final class GrantBench implements Callable<Integer> {

    @Option(
            names = "--rows",
            split = ",",
            defaultValue = "1000000",
            description = "Rows of the list, or several sizes.")
    private List<Long> sizes = List.of();

    @Option(names = "--format", defaultValue = "csv", description = "xlsx or csv (default: ${DEFAULT-VALUE}).")
    private String format = "csv";

    @Option(
            names = "--existing",
            defaultValue = "5000000",
            description = "Coupons in the table beforehand (default: ${DEFAULT-VALUE}).")
    private long existing;

    @Option(
            names = "--warm",
            defaultValue = "0",
            description = "Before each measurement grant to a list of so many users, so that Java has compiled what it"
                    + " will (default: ${DEFAULT-VALUE}).")
    private long warm;

    @Option(names = "--revoke", description = "Afterwards take the grant back, beside one UPDATE of the same coupons.")
    private boolean revoke;

    @Override
    public Integer call() throws Exception {
        var heap = new Heap();
        var results = new ArrayList<Result>();
        for (var rows : sizes) {
            try (var home = BenchHome.open()) {
                results.add(measure(home, heap, rows));
            }
        }
        var last = results.get(results.size() - 1);
        System.out.println(last.json(format, existing).with("exponent", exponent(results)));
        return 0;
    }

    private Result measure(BenchHome home, Heap heap, long rows) throws Exception {
        var campaign = BenchCampaign.create(home, rows + existing);
        var tables = new CouponTables(home.get(DataSource.class));
        say("filling two tables with %,d coupons each, writing the list, generating %,d codes …", existing, rows);
        tables.fill(existing, campaign.id(), BenchCampaign.codePrefix(home));
        var files = UserFile.write(home.path().resolve("lists"), format, rows);
        require(home.get(CodeDesk.class).generate(campaign, rows, BenchCampaign.BENCH, p -> {}));
        if (warm > 0) {
            say("granting %,d rows to get warm …", warm);
            var other = BenchCampaign.create(home, "warm", warm);
            require(home.get(CodeDesk.class).generate(other, warm, BenchCampaign.BENCH, p -> {}));
            grant(home, other, UserFile.write(home.path().resolve("warm"), format, warm));
        }
        tables.settle();
        heap.reset();

        say("granting %,d rows of %s …", rows, format);
        var began = System.nanoTime();
        var grant = grant(home, campaign, files);
        var seconds = secondsSince(began);
        var peak = heap.peakMegabytes();
        var live = heap.liveMegabytes();
        if (tables.count(grant) != rows) {
            throw new IllegalStateException(tables.count(grant) + " coupons instead of " + rows);
        }

        var file = home.path().resolve("granted.copy");
        tables.export(grant, file);
        tables.settle();
        say("copying the same %,d coupons in file order …", rows);
        began = System.nanoTime();
        if (tables.copy(file) != rows) {
            throw new IllegalStateException("the baseline has not copied " + rows + " coupons");
        }
        var baseline = secondsSince(began);
        Files.delete(file);
        var result = new Result(
                rows,
                seconds,
                baseline,
                peak,
                live,
                phases(home, grant, seconds),
                revoke ? revoke(home, tables, grant) : null);
        say("%s", result.json(format, existing));
        return result;
    }

    /** Taking it all back, beside one UPDATE of the same coupons in the equal table. */
    private static Json revoke(BenchHome home, CouponTables tables, long grant) {
        tables.settle();
        say("taking the grant back …");
        var began = System.nanoTime();
        require(home.get(RevokeDesk.class).revoke(grant, BenchCampaign.BENCH, p -> {}));
        var seconds = secondsSince(began);
        tables.settle();
        say("updating the same coupons by one statement …");
        began = System.nanoTime();
        tables.revoke(grant);
        var baseline = secondsSince(began);
        return Json.of("ratio", rounded(seconds / baseline))
                .with("seconds", rounded(seconds))
                .with("baselineSeconds", rounded(baseline));
    }

    private static long grant(BenchHome home, Campaign campaign, List<Path> files) {
        var desk = home.get(GrantDesk.class);
        var request = new GrantRequest(campaign, files, 1, List.of(), "user_id", false, false, 0, false, false);
        var grant = desk.receive(request, BenchCampaign.BENCH).id();
        require(desk.check(grant, BenchCampaign.BENCH, p -> {}));
        require(desk.issue(grant, BenchCampaign.BENCH, p -> {}));
        return grant;
    }

    static void require(RunOutcome outcome) {
        if (outcome.state() != RunState.DONE) {
            throw new IllegalStateException("the run ended as " + outcome);
        }
    }

    /** What Spring Batch has on record of the steps; the rest is what is between them, and receiving the file. */
    private static Map<String, Double> phases(BenchHome home, long grant, double total) {
        var phases = new LinkedHashMap<String, Double>();
        home.sql()
                .query(
                        """
                        SELECT s.step_name, extract(epoch FROM s.end_time - s.start_time) AS seconds
                        FROM batch_step_execution s
                        JOIN batch_job_execution_params p ON p.job_execution_id = s.job_execution_id
                          AND p.parameter_name = 'grant' AND p.parameter_value = ?
                        WHERE s.step_name NOT LIKE '%:%' ORDER BY s.step_execution_id
                        """,
                        row -> {
                            phases.put(row.getString(1), rounded(row.getDouble(2)));
                        },
                        Long.toString(grant));
        phases.put(
                "receive and between",
                rounded(total - phases.values().stream().mapToDouble(d -> d).sum()));
        return phases;
    }

    /** The slope of the logarithms: 1 if a row costs the same whatever the size of its list. */
    private static @Nullable Double exponent(List<Result> results) {
        var first = results.get(0);
        var last = results.get(results.size() - 1);
        return first.rows == last.rows
                ? null
                : rounded(Math.log(last.seconds / first.seconds) / Math.log((double) last.rows / first.rows));
    }

    static void say(String text, Object... arguments) {
        System.err.println(String.format(text, arguments));
    }

    static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    private record Result(
            long rows,
            double seconds,
            double baselineSeconds,
            long peakHeapMb,
            long liveHeapMb,
            Map<String, Double> phases,
            @Nullable Json revoke) {

        Json json(String format, long existing) {
            var times = new Json();
            phases.forEach(times::with);
            return Json.of("bench", "grant")
                    .with("rows", rows)
                    .with("format", format)
                    .with("existing", existing)
                    .with("ratio", rounded(seconds / baselineSeconds))
                    .with("seconds", rounded(seconds))
                    .with("baselineSeconds", rounded(baselineSeconds))
                    .with("rowsPerSecond", Math.round(rows / seconds))
                    .with("peakHeapMb", peakHeapMb)
                    .with("liveHeapMb", liveHeapMb)
                    .with("phases", times)
                    .with("revoke", revoke);
        }
    }
}
