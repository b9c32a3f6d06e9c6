package io.largesse.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.ObjectMapper;

/** A node that serves, as a process of its own. */
record ClaimNode(ProgramProcess program, int port) implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    static ClaimNode start(Site site) {
        return start(site, Map.of());
    }

    /** @param settings in variables of its environment */
    static ClaimNode start(Site site, Map<String, String> settings) {
        var program = site.program(settings, "serve", "--port", "0", "--json");
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
        try {
            return ask("POST", "/api/v1/campaigns/" + campaign + "/claims", token)
                    .statusCode();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    HttpResponse<String> ask(String method, String path, String token) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .timeout(PATIENCE)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
