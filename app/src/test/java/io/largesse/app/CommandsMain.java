package io.largesse.app;

import io.largesse.app.cli.Cli;
import io.largesse.app.cli.Console;
import io.largesse.app.cli.Node;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Several commands in one process, a line of a file each, their words parted by tabs: one start for all of them. */
final class CommandsMain {

    /** Stands for the number of the grant that an earlier line received. */
    static final String LAST_GRANT = "{grant}";

    private static final Pattern RECEIVED = Pattern.compile("Grant (\\d+) received");

    private CommandsMain() {}

    /** Prints the exit code and the error output of each command, and how long it took. */
    public static void main(String[] args) throws Exception {
        var node = new SpringNode(Path.of(args[0]));
        var grant = "";
        for (var line : Files.readAllLines(Path.of(args[1]))) {
            var err = new java.io.ByteArrayOutputStream();
            var out = new java.io.ByteArrayOutputStream();
            var console = new Console(stream(out), stream(err), false, 80);
            var begun = System.nanoTime();
            try (var cli = new Cli(console, home -> shared(node))) {
                var code = cli.run(line.replace(LAST_GRANT, grant).split("\t"));
                var received = RECEIVED.matcher(out.toString(StandardCharsets.UTF_8));
                grant = received.find() ? received.group(1) : grant;
                var answer = err.toString(StandardCharsets.UTF_8).strip().replace("\n", " / ");
                var millis = (System.nanoTime() - begun) / 1_000_000;
                stream(new FileOutputStream(FileDescriptor.out)).println(code + "\t" + millis + "\t" + answer);
            }
        }
        System.exit(0);
    }

    private static PrintStream stream(java.io.OutputStream out) {
        return new PrintStream(out, true, StandardCharsets.UTF_8);
    }

    private static Node shared(SpringNode node) {
        return new Node() {
            @Override
            public <T> T get(Class<T> type) {
                return node.get(type);
            }

            @Override
            public void close() {}
        };
    }
}
