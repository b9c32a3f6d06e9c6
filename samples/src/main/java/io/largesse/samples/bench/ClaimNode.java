package io.largesse.samples.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.ObjectMapper;

/** A node that serves, as a process of its own. */
record ClaimNode(ProgramProcess program, int port) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static ClaimNode start(Site site) {
        var program = site.program("serve", "--port", "0", "--json");
        Waiting.until(
                "a node to answer", () -> program.mustRun() && program.out().contains("\"port\""));
        var line = program.out()
                .lines()
                .filter(l -> l.contains("\"port\""))
                .findFirst()
                .orElse("{}");
        return new ClaimNode(
                program, new ObjectMapper().readTree(line).path("port").asInt());
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** One claim, by itself; answers the status, 0 if there was no answer. */
    int claim(String campaign, String token) {
        var uri = URI.create("http://127.0.0.1:" + port + "/api/v1/campaigns/" + campaign + "/claims");
        var request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** SIGKILL. */
    void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
