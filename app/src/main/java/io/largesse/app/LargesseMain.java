package io.largesse.app;

import io.largesse.app.cli.Cli;
import io.largesse.app.cli.Console;
import java.time.Duration;

/** The program behind {@code largesse}. Spring and the services start only if a command needs them. */
public final class LargesseMain {

    /** How long an orderly end may take; whatever still hangs then has nothing more to save. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private LargesseMain() {}

    public static void main(String[] args) {
        var cli = new Cli(Console.ofThisProcess(), SpringNode.FACTORY);
        var code = cli.run(args);
        haltAfter(PATIENCE, code);
        cli.close();
        // threads of the libraries would keep the process alive
        System.exit(code);
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
