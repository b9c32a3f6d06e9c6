package io.largesse.samples.bench;

import io.largesse.app.cli.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Users who claim, as a process of its own: one that shares neither heap nor compiler with the node it asks. It stays for
 * all of a measurement, so that its own warming up is over when it counts.
 */
public final class ClaimLoad {

    private final InetSocketAddress server;
    private final String campaign;
    private final int connections;
    private final long mostSeconds;
    private final BufferedWriter log;

    private ClaimLoad(int port, String campaign, int connections, long mostSeconds, BufferedWriter log) {
        this.server = new InetSocketAddress("127.0.0.1", port);
        this.campaign = campaign;
        this.connections = connections;
        this.mostSeconds = mostSeconds;
        this.log = log;
    }

    /**
     * Claims to warm up, then as fast as is answered, then at a third of that rate; a line of JSON for each.
     *
     * @param args port, campaign, file of tokens, how many of them for each of the three, connections, most seconds of each,
     *     file of the log
     */
    public static void main(String[] args) throws IOException {
        var tokens = Files.readAllLines(Path.of(args[2]));
        int warm = Integer.parseInt(args[3]);
        int full = warm + Integer.parseInt(args[4]);
        int third = full + Integer.parseInt(args[5]);
        try (var log = Files.newBufferedWriter(Path.of(args[8]))) {
            var load = new ClaimLoad(
                    Integer.parseInt(args[0]), args[1], Integer.parseInt(args[6]), Long.parseLong(args[7]), log);
            load.run(tokens.subList(0, warm), 0);
            var perSecond = load.run(tokens.subList(warm, full), 0);
            load.run(tokens.subList(full, third), perSecond / 3);
        }
    }

    /**
     * @param perSecond how many begin; 0: as many as are answered
     * @return how many were answered in a second
     */
    private double run(List<String> tokens, double perSecond) throws IOException {
        System.gc(); // then there is no need to while it counts: a pause here would be taken for the node's
        var claims = new HttpClaims("127.0.0.1:" + server.getPort(), campaign, tokens, log);
        var nanos = new LoadLoop(server, connections, perSecond, claims).run(TimeUnit.SECONDS.toNanos(mostSeconds));
        var rate = claims.latencies.count() * 1e9 / nanos;
        System.out.println(Json.of("answers", claims.latencies.count())
                .with("claimed", claims.claimed)
                .with("refused", claims.refused)
                .with("errors", claims.errors)
                .with("perSecond", GrantBench.rounded(rate))
                .with("p50Millis", GrantBench.rounded(claims.latencies.millis(0.5)))
                .with("p99Millis", GrantBench.rounded(claims.latencies.millis(0.99)))
                .with("maxMillis", GrantBench.rounded(claims.latencies.millis(1))));
        return rate;
    }
}
