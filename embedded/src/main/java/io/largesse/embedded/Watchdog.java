package io.largesse.embedded;

import java.nio.file.Files;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A user's look at the services process: if it died, while the user still needs it, a new one is started. */
final class Watchdog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Watchdog.class);
    private static final long PERIOD_MILLIS = 500;

    private final Home home;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "services-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    Watchdog(Home home) {
        this.home = home;
    }

    void start() {
        // look() lets nothing through that would end the schedule
        var unused = timer.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            if (FileHold.isTaken(home.servicesLock()) || Files.exists(home.halt()) || !Files.exists(home.users())) {
                return;
            }
            log.warn("The services process of {} is gone; a new one takes over its servers", home.root());
            new Launcher(home).ensureReady();
        } catch (RuntimeException e) {
            if (!timer.isShutdown()) {
                log.error("The services of {} could not be started again; trying again soon", home.root(), e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
