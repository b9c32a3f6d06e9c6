package io.largesse.samples.bench;

import io.largesse.app.cli.Json;
import io.largesse.jobs.CodeDesk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.springframework.core.env.Environment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Generating codes into their pool, beside pipelined RPUSH of the same codes. */
@Command(
        name = "codes",
        description = "Generates codes into a pool, beside pipelined RPUSH of the same codes into plain lists.")
final class CodesBench implements Callable<Integer> {

    private static final int SHARDS = 8;
    private static final int CODES_OF_A_PUSH = 1_000;
    private static final int FIRST = 1_000;

    @Option(names = "--count", defaultValue = "1000000", description = "How many codes (default: ${DEFAULT-VALUE}).")
    private long count;

    @Override
    public Integer call() throws IOException {
        try (var home = BenchHome.open()) {
            var campaign = BenchCampaign.create(home, FIRST + count);
            // the application starts with its first job, which is not what is measured
            GrantBench.require(home.get(CodeDesk.class).generate(campaign, FIRST, BenchCampaign.BENCH, p -> {}));
            GrantBench.say("generating %,d codes …", count);
            var began = System.nanoTime();
            GrantBench.require(home.get(CodeDesk.class).generate(campaign, count, BenchCampaign.BENCH, p -> {}));
            var seconds = GrantBench.secondsSince(began);

            GrantBench.say("pushing the same codes …");
            var baseline = pushAll(home, campaign.pool());
            System.out.println(Json.of("bench", "codes")
                    .with("count", count)
                    .with("ratio", GrantBench.rounded(seconds / baseline))
                    .with("seconds", GrantBench.rounded(seconds))
                    .with("baselineSeconds", GrantBench.rounded(baseline))
                    .with("codesPerSecond", Math.round(count / seconds)));
            return 0;
        }
    }

    /** The seconds of the pushes alone: a shard's codes are read, and its commands made, before the clock runs. */
    private double pushAll(BenchHome home, long pool) throws IOException {
        var redis = home.get(RedissonClient.class);
        var url = home.get(Environment.class).getRequiredProperty("spring.data.redis.url");
        double seconds = 0;
        long pushed = 0;
        try (var pipe = new RedisPipe(url)) {
            for (int shard = 0; shard < SHARDS; shard++) {
                var plain = redis.<String>getList("bench:" + shard, StringCodec.INSTANCE);
                var codes = redis.<String>getList("{s" + shard + "}:pool:" + pool, StringCodec.INSTANCE)
                        .readAll();
                var commands = commands(plain.getName(), codes);
                var began = System.nanoTime();
                pipe.send(commands);
                seconds += GrantBench.secondsSince(began);
                pushed += plain.size();
            }
        }
        if (pushed != FIRST + count) {
            throw new IllegalStateException(pushed + " codes were pushed instead of " + (FIRST + count));
        }
        return seconds;
    }

    private static List<byte[]> commands(String key, List<String> codes) {
        var commands = new ArrayList<byte[]>();
        for (int from = 0; from < codes.size(); from += CODES_OF_A_PUSH) {
            var arguments = new ArrayList<String>();
            arguments.add(key);
            arguments.addAll(codes.subList(from, Math.min(codes.size(), from + CODES_OF_A_PUSH)));
            commands.add(RedisPipe.command("RPUSH", arguments));
        }
        return commands;
    }
}
