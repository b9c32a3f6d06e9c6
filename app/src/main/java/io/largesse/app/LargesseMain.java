package io.largesse.app;

import io.largesse.app.cli.Cli;
import io.largesse.app.cli.Console;
import io.largesse.app.cli.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The program behind {@code largesse}. Spring and the services start only if a command needs them. */
public final class LargesseMain {

    /** How long an orderly end may take; whatever still hangs then has nothing more to save. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LargesseMain() {}

    public static void main(String[] args) {
        var cli = new Cli(Console.ofThisProcess(), SpringNode::new);
        var code = cli.run(args);
        haltAfter(PATIENCE, code);
        cli.close();
        // threads of the libraries would keep the process alive
        System.exit(code);
    }

    /**
     * The application without its command line, for programs that use it in their own process.
     *
     * @param settings by their names, as in {@code largesse.jobs.chunk}; what the environment says goes before them
     */
    public static Node open(Path home, Map<String, String> settings) {
        return new SpringNode(home, settings);
    }

    private static void haltAfter(Duration patience, int code) {
        var watchdog = new Thread(
                () -> {
                    try {
                        Thread.sleep(patience.toMillis());
                    } catch (InterruptedException e) {
                        return;
                    }
                    Runtime.getRuntime().halt(code);
                },
                "halt");
        watchdog.setDaemon(true);
        watchdog.start();
    }
}
