package io.largesse.samples.bench;

import io.largesse.app.claim.UserTokens;
import io.largesse.app.cli.Json;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Coupons;
import io.largesse.jobs.CodeDesk;
import io.largesse.pools.Claims;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Claims by HTTP, beside a bare client that runs the same script on the same server. */
@Command(
        name = "claims",
        description = {
            "Users claim by HTTP as fast as a node answers, beside a bare client that runs the same script on the same"
                    + " Redis; then at a third of that rate. Once for each way in which Redis keeps what it is told.",
            "The users are a process of their own, on this machine's processors like all the rest. What the machine itself"
                    + " makes wait is told by the bare client at the same third (scriptThirdP99Millis)."
        })
final class ClaimsBench implements Callable<Integer> {

    private static final int SHARDS = 8;
    private static final int MOST_SECONDS = 60;

    @Option(
            names = "--claims",
            defaultValue = "250000",
            description = "Claims at full load (default: ${DEFAULT-VALUE}).")
    private int claims;

    @Option(names = "--connections", defaultValue = "256", description = "Connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--fsync",
            split = ",",
            defaultValue = "everysec,always",
            description = "How Redis keeps its data (default: ${DEFAULT-VALUE}).")
    private List<String> modes = List.of();

    @Override
    public Integer call() throws Exception {
        Json all = Json.of("bench", "claims").with("connections", connections);
        Json last = null;
        for (var mode : modes) {
            try (var home = BenchHome.open()) {
                last = measure(home, mode);
                all.with(mode, last);
                System.err.println(last);
            }
        }
        System.out.println(all);
        return last == null ? 1 : 0;
    }

    private Json measure(BenchHome home, String mode) throws Exception {
        var url = home.get(Environment.class).getRequiredProperty("spring.data.redis.url");
        try (var redis = Redis.at(URI.create(url))) {
            redis.ask("CONFIG", "SET", "appendfsync", mode);
        }
        int warm = claims; // until the node's compiler has little left to do
        int third = claims / 3;
        int settling = third / 8; // the drain still has a backlog of full load, which is not the third's
        int users = warm + claims + settling + third;
        long codes = 2L * users + users / 10; // so that no shard runs out
        var campaign = BenchCampaign.create(home, codes);
        GrantBench.say("%s: %,d codes, a token for each of %,d users …", mode, codes, users);
        GrantBench.require(home.get(CodeDesk.class).generate(campaign, codes, BenchCampaign.BENCH, p -> {}));
        var tokens = Users.tokens(home, users);

        for (int shard = 0; shard < SHARDS; shard++) {
            home.get(Claims.class).setEpoch(shard, 1);
        }
        GrantBench.say("the script alone …");
        script(url, campaign, "warm", warm, 0);
        var script = script(url, campaign, "bare", claims, 0).perSecond();
        forget(url);

        GrantBench.say("by HTTP …");
        try (var node = Serving.start(home.path())) {
            var phases = load(home, node, campaign, tokens, warm, settling, third);
            var full = phases.get(1);
            var calm = phases.get(3);
            var rate = full.get("perSecond").asDouble();
            var claimed = phases.stream()
                    .mapToInt(phase -> phase.get("claimed").asInt())
                    .sum();
            Waiting.until(
                    "all claims in the table", () -> home.get(Coupons.class).count(campaign) >= claimed);
            GrantBench.say("the script alone, at the same third …");
            var bare =
                    script(url, campaign, "calm", third, calm.get("perSecond").asDouble());
            return Json.of("claimsPerSecond", Math.round(rate))
                    .with("scriptPerSecond", Math.round(script))
                    .with("ratio", GrantBench.rounded(rate / script))
                    .with("p50Millis", full.get("p50Millis").asDouble())
                    .with("p99Millis", full.get("p99Millis").asDouble())
                    .with(
                            "errors",
                            full.get("errors").asInt() + calm.get("errors").asInt())
                    .with("thirdPerSecond", Math.round(calm.get("perSecond").asDouble()))
                    .with("thirdP50Millis", calm.get("p50Millis").asDouble())
                    .with("thirdP99Millis", calm.get("p99Millis").asDouble())
                    .with(
                            "scriptThirdP99Millis",
                            GrantBench.rounded(bare.latencies().millis(0.99)));
        }
    }

    /**
     * Calls the script for one user at a time on each connection.
     *
     * @param perSecond how many begin; 0: as many as are answered
     */
    private Alone script(String url, Campaign campaign, String names, int users, double perSecond) throws IOException {
        var uri = URI.create(url);
        String sha;
        try (var redis = Redis.at(uri)) {
            sha = String.valueOf(redis.ask("SCRIPT", "LOAD", source()));
        }
        var commands = new ArrayList<byte[]>(users);
        for (int i = 0; i < users; i++) {
            commands.add(call(sha, campaign, names + "-" + i));
        }
        var password = uri.getUserInfo().substring(uri.getUserInfo().indexOf(':') + 1);
        var protocol = new ScriptClaims(RedisPipe.command("AUTH", List.of(password)), commands);
        var loop = new LoadLoop(new InetSocketAddress(uri.getHost(), uri.getPort()), connections, perSecond, protocol);
        var nanos = loop.run(TimeUnit.SECONDS.toNanos(MOST_SECONDS));
        if (protocol.errors > 0) {
            throw new IllegalStateException(protocol.errors + " calls of the script got no coupon");
        }
        return new Alone(protocol.latencies.count() * 1e9 / nanos, protocol.latencies);
    }

    private record Alone(double perSecond, Latencies latencies) {}

    private static String source() throws IOException {
        try (var file = UserTokens.class.getResourceAsStream("/io/largesse/pools/claim.lua")) {
            return new String(java.util.Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** As a node would call it for one user alone. */
    private static byte[] call(String sha, Campaign campaign, String user) {
        var crc = new CRC32();
        crc.update(user.getBytes(StandardCharsets.UTF_8));
        var tag = "{s" + crc.getValue() % SHARDS + "}:";
        var now = Instant.now();
        var day = now.toEpochMilli() / TimeUnit.DAYS.toMillis(1);
        var minute = now.toEpochMilli() / TimeUnit.MINUTES.toMillis(1);
        return RedisPipe.command(
                "EVALSHA",
                List.of(
                        sha,
                        "9",
                        tag + "pool:" + campaign.pool(),
                        tag + "gate:" + campaign.pool(),
                        tag + "claimed:" + campaign.ledger(),
                        tag + "claims",
                        tag + "refused:" + campaign.ledger() + ":" + day,
                        tag + "epoch",
                        tag + "requests:" + minute,
                        tag + "requests:" + (minute - 1),
                        tag + "requests:" + (minute - 4),
                        "1",
                        Long.toString(campaign.id()),
                        Long.toString(now.toEpochMilli()),
                        "1",
                        "10",
                        "open",
                        "10000000",
                        "20000",
                        "691200",
                        "0",
                        Long.toString(now.toEpochMilli()),
                        Long.toString(now.plus(Duration.ofDays(30)).toEpochMilli()),
                        "1000",
                        Long.toString(campaign.pool()),
                        user,
                        ""));
    }

    /** What the bare client claimed is not to be written. */
    private static void forget(String url) {
        try (var redis = Redis.at(URI.create(url))) {
            for (int shard = 0; shard < SHARDS; shard++) {
                redis.ask("DEL", "{s" + shard + "}:claims");
            }
        }
    }

    /** @return what the users tell of warming up, of full load, of coming down to a third of it, and of that third */
    private List<JsonNode> load(
            BenchHome home, Serving node, Campaign campaign, Path tokens, int warm, int settling, int third)
            throws IOException, InterruptedException {
        try (var users = Users.start(
                home,
                node,
                campaign,
                tokens,
                connections,
                warm + "@max",
                claims + "@max",
                settling + "@third",
                third + "@same")) {
            return List.of(users.next(), users.next(), users.next(), users.next());
        }
    }
}
