package io.largesse.samples.bench;

import io.largesse.app.LargesseMain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.ObjectMapper;

/** A node as a process of its own. */
record Serving(Process process, int port) implements AutoCloseable {

    static Serving start(Path home) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "-Xmx512m",
                        "-XX:+UseParallelGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargesseMain.class.getName(),
                        "serve",
                        "--port",
                        "0",
                        "--json",
                        "--home",
                        home.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var line = new java.io.BufferedReader(
                        new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .readLine();
        if (line == null) {
            throw new IllegalStateException("the node did not start");
        }
        return new Serving(
                process, new ObjectMapper().readTree(line).get("port").asInt());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
