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
     * Claims in phases, one after the other; a line of JSON for each.
     *
     * @param args port, campaign, file of tokens, connections, most seconds of a phase, file of the log; then phases, {@code
     *     USERS@RATE}: so many users, each with the next token, of whom so many a second begin; {@code max}: as many as are
     *     answered, {@code third}: a third of the phase before, {@code same}: as many as in that
     */
    public static void main(String[] args) throws IOException {
        var tokens = Files.readAllLines(Path.of(args[2]));
        try (var log = Files.newBufferedWriter(Path.of(args[5]))) {
            var load = new ClaimLoad(
                    Integer.parseInt(args[0]), args[1], Integer.parseInt(args[3]), Long.parseLong(args[4]), log);
            int from = 0;
            double before = 0;
            for (int i = 6; i < args.length; i++) {
                var phase = args[i].split("@");
                int to = from + Integer.parseInt(phase[0]);
                before = load.run(tokens.subList(from, to), rate(phase[1], before));
                from = to;
            }
        }
    }

    private static double rate(String word, double before) {
        return switch (word) {
            case "max" -> 0;
            case "third" -> before / 3;
            case "same" -> before;
            default -> Double.parseDouble(word);
        };
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
