package io.largesse.samples.bench;

import io.largesse.app.cli.Json;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Users who claim, as a process of its own: one that shares neither heap nor compiler with the node it asks. */
public final class ClaimLoad {

    private ClaimLoad() {}

    /**
     * @param args port, campaign, file of tokens, first and last of them, connections, requests a second (0: as many as
     *     are answered), most seconds, file of the log
     */
    public static void main(String[] args) throws IOException {
        var tokens = Files.readAllLines(Path.of(args[2])).subList(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        try (var log = Files.newBufferedWriter(Path.of(args[8]))) {
            var claims = new HttpClaims("127.0.0.1:" + args[0], args[1], tokens, log);
            var loop = new LoadLoop(
                    new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])),
                    Integer.parseInt(args[5]),
                    Double.parseDouble(args[6]),
                    claims);
            var nanos = loop.run(TimeUnit.SECONDS.toNanos(Long.parseLong(args[7])));
            System.out.println(Json.of("answers", claims.latencies.count())
                    .with("claimed", claims.claimed)
                    .with("refused", claims.refused)
                    .with("errors", claims.errors)
                    .with("perSecond", GrantBench.rounded(claims.latencies.count() * 1e9 / nanos))
                    .with("p50Millis", GrantBench.rounded(claims.latencies.millis(0.5)))
                    .with("p99Millis", GrantBench.rounded(claims.latencies.millis(0.99)))
                    .with("maxMillis", GrantBench.rounded(claims.latencies.millis(1))));
        }
    }
}
