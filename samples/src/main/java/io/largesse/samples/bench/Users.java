package io.largesse.samples.bench;

import io.largesse.app.claim.UserTokens;
import io.largesse.coupons.Campaign;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Users who claim, as a process of their own, and what it tells of each phase of their load. */
final class Users implements AutoCloseable {

    private static final int MOST_SECONDS = 60;

    private final Process process;
    private final BufferedReader out;

    private Users(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** @param phases see {@link ClaimLoad#main} */
    static Users start(BenchHome home, Serving node, Campaign campaign, Path tokens, int connections, String... phases)
            throws IOException {
        var words = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g", // enough for each phase without a collection
                "-Xmx1g",
                "-Xmn700m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClaimLoad.class.getName(),
                Integer.toString(node.port()),
                campaign.name(),
                tokens.toString(),
                Integer.toString(connections),
                Integer.toString(MOST_SECONDS),
                home.path().resolve("load.log").toString()));
        words.addAll(List.of(phases));
        return new Users(new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** A token for each of so many users. */
    static Path tokens(BenchHome home, int users) throws IOException {
        var make = home.get(UserTokens.class);
        var file = home.path().resolve("tokens");
        try (var lines = Files.newBufferedWriter(file)) {
            for (int user = 0; user < users; user++) {
                lines.write(make.make("user-" + user, Duration.ofHours(1)) + "\n");
            }
        }
        return file;
    }

    /** What it tells of the next phase, once that is over. */
    JsonNode next() throws IOException {
        var line = out.readLine();
        if (line == null) {
            throw new IllegalStateException("the load ended too early");
        }
        GrantBench.say("%s", line);
        return new ObjectMapper().readTree(line);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        process.waitFor();
        out.close();
    }
}
