package io.largesse.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Campaigns and lists for tests, each with a name of its own. */
final class Sample {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Program program;

    Sample(Program program) {
        this.program = program;
    }

    /** A new campaign with this stock, and its template. */
    String campaign(int stock) throws IOException {
        return campaign(stock, "", "");
    }

    /** One of which a user may claim so many coupons. */
    String campaign(int stock, int claimLimit) throws IOException {
        return campaign(stock, "claim-limit: 1", "claim-limit: " + claimLimit);
    }

    /** One whose user ids may look like anything. */
    String campaignOfAnybody(int stock) throws IOException {
        return campaign(stock, "user-id-pattern: .*", "");
    }

    /** One that is not open yet. */
    String campaignToCome(int stock) throws IOException {
        return campaign(stock, "opens: 2026-01-01", "opens: 2098-01-01");
    }

    private String campaign(int stock, String pattern, String instead) throws IOException {
        var name = "c" + NUMBER.incrementAndGet();
        program.json("template", "create", "--file", "../samples/templates/ten-off.yaml");
        var yaml = Files.readString(Path.of("../samples/campaigns/summer.yaml"))
                .replace("name: summer", "name: " + name)
                .replaceFirst("stock: \\d+", "stock: " + stock)
                .replaceFirst("opens: \\S+", "opens: 2026-01-01")
                .replaceFirst("closes: \\S+", "closes: 2099-12-31")
                .replaceFirst(pattern, instead);
        program.json(
                "campaign",
                "create",
                "--file",
                write(name + ".yaml", List.of(yaml)).toString());
        return name;
    }

    /** A list of users U00000001 to this number, and the rows given. */
    Path list(int users, String... more) throws IOException {
        var rows = new java.util.ArrayList<>(List.of("user id"));
        IntStream.rangeClosed(1, users).mapToObj(i -> String.format("U%08d", i)).forEach(rows::add);
        rows.addAll(List.of(more));
        return write("users" + NUMBER.incrementAndGet() + ".csv", rows);
    }

    private Path write(String name, List<String> lines) throws IOException {
        return Files.write(program.home().resolve(name), lines);
    }
}
