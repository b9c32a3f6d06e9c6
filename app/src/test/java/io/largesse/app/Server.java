package io.largesse.app;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A node in this process, and requests to it as programs send them. */
final class Server implements AutoCloseable {

    private static @Nullable Server shared;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SpringNode node;

    private Server(SpringNode node) {
        this.node = node;
    }

    static Server start(Path home, Map<String, String> settings) {
        var all = new HashMap<>(settings);
        all.put("server.port", "0");
        all.put("server.address", "127.0.0.1");
        all.putIfAbsent("largesse.roles.claim", "true");
        return new Server(SpringNode.serving(home, all));
    }

    /** One for all tests of this process, on the home of {@link Program#shared()}. */
    static synchronized Server shared() {
        var started = shared;
        if (started == null) {
            started = start(Program.shared().home(), Map.of());
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            shared = started;
        }
        return started;
    }

    <T> T bean(Class<T> type) {
        return node.get(type);
    }

    /** What comes back to these bytes, until the server closes the connection. */
    String raw(String request) throws IOException {
        try (var socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @param headers names and values in turn */
    Reply get(String path, @Nullable String token, String... headers) {
        return send("GET", path, token, null, headers);
    }

    Reply post(String path, @Nullable String token, @Nullable String body, String... headers) {
        return send("POST", path, token, body, headers);
    }

    Reply claim(String campaign, @Nullable String token, String... headers) {
        return post("/api/v1/campaigns/" + campaign + "/claims", token, null, headers);
    }

    private Reply send(String method, String path, @Nullable String token, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        try {
            return new Reply(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        node.close();
    }

    /** What came back. */
    record Reply(HttpResponse<String> answer) {

        int status() {
            return answer.statusCode();
        }

        String header(String name) {
            return answer.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return new ObjectMapper().readTree(answer.body());
        }

        String text(String field) {
            return json().path(field).asString("");
        }

        /** The last part of a problem's type. */
        String problem() {
            return text("type").replace("urn:largesse:problem:", "");
        }

        @Override
        public String toString() {
            return status() + " " + answer.body();
        }
    }
}
