package io.largesse.app.cli;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of the program: who asks, for which home, in which language, and where the answer goes. */
final class Session implements AutoCloseable {

    private static final String DEFAULT_HOME = ".largesse";

    private final Console console;
    private final Node.Factory nodes;
    private final Actor actor;
    private GlobalOptions options = new GlobalOptions();
    private @Nullable Node node;

    Session(Console console, Node.Factory nodes) {
        this.console = console;
        this.nodes = nodes;
        this.actor = new Actor(
                System.getProperty("user.name", "unknown"),
                "cli",
                UUID.randomUUID().toString().substring(0, 8));
    }

    /** The options are filled in while the command line is parsed. */
    void read(GlobalOptions from) {
        options = from;
    }

    Console console() {
        return console;
    }

    Actor actor() {
        return actor;
    }

    boolean json() {
        return options.json;
    }

    Texts texts() {
        return Texts.in(options.lang);
    }

    Path home() {
        var typed = options.home != null ? options.home : System.getenv("LARGESSE_HOME");
        return Path.of(typed == null || typed.isEmpty() ? DEFAULT_HOME : typed)
                .toAbsolutePath()
                .normalize();
    }

    Path log() {
        return home().resolve("logs").resolve("largesse.log");
    }

    /** A bean of the application, which is started by the first call. */
    <T> T get(Class<T> type) {
        var running = node;
        if (running == null) {
            running = started(() -> nodes.open(home()));
        }
        return running.get(type);
    }

    /** Starts the application as a node that answers requests, until this session is closed. */
    Node serve(Map<String, String> settings) {
        return started(() -> nodes.serve(home(), settings));
    }

    private Node started(Supplier<Node> start) {
        boolean first = !Files.isDirectory(home().resolve("data"));
        if (first && console.isTerminal()) {
            console.redraw(text("app.starting.first"));
        }
        var started = start.get();
        node = started;
        console.wipe();
        return started;
    }

    String text(String code, @Nullable Object... arguments) {
        return texts().of(code, arguments);
    }

    /** A line for people; with --json there are none. */
    void say(String code, @Nullable Object... arguments) {
        show(text(code, arguments));
    }

    /** A line for people as it is, which must be fit to print already. */
    void show(String line) {
        if (!json()) {
            console.line(line);
        }
    }

    /** A line beside the answer, also with --json. */
    void note(String code, @Nullable Object... arguments) {
        console.note(text(code, arguments));
    }

    /** The answer for programs. */
    void answer(Json json) {
        if (json()) {
            console.line(json.toString());
        }
    }

    /** A command that works when it is pasted: called as this program was called, on the same home. */
    String command(String words) {
        var program = System.getProperty("largesse.command", "./largesse");
        var home = options.home == null ? "" : " --home " + quoted(options.home);
        return quoted(program) + " " + words + home;
    }

    /** A word for the shell, in quotes if it needs them. */
    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./@:=+,-]+")
                ? word
                : "'" + Printable.of(word).replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        var running = node;
        node = null;
        if (running != null) {
            running.close();
        }
    }
}
