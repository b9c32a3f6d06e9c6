package io.largesse.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The services process: runs the services of one home until nobody uses them. Started by {@link Launcher}, not by hand. */
public final class ServicesMain {
    static final int ANOTHER_RUNS = 3;
    private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
    private static final long STOP_SECONDS = 30;

    private ServicesMain() {}

    public static void main(String[] args) {
        if (args.length != 1) {
            System.err.println("usage: ServicesMain HOME");
            System.exit(2);
        }
        // System.exit, since threads of the endpoint would keep a failed process alive
        System.exit(run(Home.prepare(Path.of(args[0]))));
    }

    private static int run(Home home) {
        Logger log = LoggerFactory.getLogger(ServicesMain.class);
        try (var lock = FileHold.take(home.servicesLock(), LOCK_PATIENCE)) {
            if (lock == null) {
                log.info("Another process runs the services of {}; this one ends", home.root());
                return ANOTHER_RUNS;
            }
            var asked = new CountDownLatch(1);
            var done = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(asked, done)));
            try {
                return new ServicesRun(home, asked).run() ? 0 : 1;
            } finally {
                done.countDown();
            }
        } catch (Exception e) {
            log.error("The services of {} ended by an error; users of them will start them again", home.root(), e);
            return 1;
        }
    }

    /** A SIGTERM (the machine goes down, say) stops the services in order before the process ends. */
    private static void stopInOrder(CountDownLatch asked, CountDownLatch done) {
        asked.countDown();
        try {
            if (!done.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The services did not stop in time; they will be taken over at the next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
