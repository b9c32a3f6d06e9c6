package io.largesse.app;

import io.largesse.app.cli.Cli;
import io.largesse.app.cli.Console;
import io.largesse.app.cli.Node;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The program on a home of its own, command by command; the application behind it is started once. */
final class Program {

    private static @Nullable Program shared;

    private final Path home;
    private @Nullable SpringNode node;

    private Program(Path home) {
        this.home = home;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    static synchronized Program shared() {
        var program = shared;
        if (program == null) {
            try {
                program = new Program(
                        Files.createTempDirectory(Path.of("target"), "home-").toAbsolutePath());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            shared = program;
        }
        return program;
    }

    Path home() {
        return home;
    }

    /** What stands behind the commands, for tests that judge by the stores and not by the answers. */
    <T> T bean(Class<T> type) {
        return open(home).get(type);
    }

    /** @param line words of the command line, apart from {@code --home} */
    Answer run(String... line) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                80);
        var words = Arrays.copyOf(line, line.length + 2);
        words[line.length] = "--home";
        words[line.length + 1] = home.toString();
        try (var cli = new Cli(console, at -> open(at))) {
            var code = cli.run(words);
            return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    /** Runs a command that has to go well, with --json. */
    JsonNode json(String... line) {
        var words = Arrays.copyOf(line, line.length + 1);
        words[line.length] = "--json";
        var answer = run(words);
        if (answer.code() != 0) {
            throw new AssertionError(String.join(" ", line) + ": " + answer);
        }
        return answer.json();
    }

    static JsonNode lastLine(String out) {
        var lines = out.strip().lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    }

    private synchronized Node open(Path at) {
        var running = node == null ? new SpringNode(at) : node;
        node = running;
        return new Node() {
            @Override
            public <T> T get(Class<T> type) {
                return running.get(type);
            }

            @Override
            public void close() {}
        };
    }

    private synchronized void close() {
        if (node != null) {
            node.close();
        }
    }

    /** What a command answered. */
    record Answer(int code, String out, String err) {

        JsonNode json() {
            return lastLine(out);
        }
    }
}
