package io.largesse.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A user in a process of its own, as the test sees it. */
final class UserProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader said;

    private UserProcess(Process process) {
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts a user; does not wait for it. */
    static UserProcess of(Path home) throws IOException {
        return new UserProcess(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        UserMain.class.getName(),
                        home.toString())
                .redirectErrorStream(true)
                .start());
    }

    /** The settings it was given, once it is ready. */
    Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        try {
            for (var line = said.readLine(); !"ready".equals(line); line = said.readLine()) {
                if (line == null) {
                    throw new AssertionError("the user ended: " + settings);
                }
                int equals = line.indexOf('=');
                settings.put(equals < 0 ? line : line.substring(0, equals), line.substring(equals + 1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.remove("millis");
        return settings;
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Lets it end in order. */
    @Override
    public void close() throws IOException {
        if (process.isAlive()) {
            process.getOutputStream().close();
        }
        process.onExit().join();
    }
}
