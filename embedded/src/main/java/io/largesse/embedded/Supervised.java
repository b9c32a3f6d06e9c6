package io.largesse.embedded;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that is started again when it dies: at once, then after ever longer pauses while it keeps dying. */
final class Supervised {
    private static final Logger log = LoggerFactory.getLogger(Supervised.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final LocalServer server;
    private final ExecutorService worker;
    // written by the worker, read by the thread that looks
    private volatile boolean busy;
    private volatile boolean stopped;
    private volatile long notBefore = System.nanoTime();
    private volatile long startedAt = System.nanoTime();
    private volatile Duration pause = FIRST_PAUSE;

    Supervised(LocalServer server, ExecutorService worker) {
        this.server = server;
        this.worker = worker;
    }

    String name() {
        return server.name();
    }

    void start() throws StartException {
        server.start();
        startedAt = System.nanoTime();
    }

    /** Looks after the server; returns at once. */
    void look() {
        if (stopped || busy || server.alive() || System.nanoTime() < notBefore) {
            return;
        }
        busy = true;
        log.warn("{} is gone; it is started again on the same port, clients may reconnect", server.name());
        try {
            worker.execute(this::startAgain);
        } catch (RejectedExecutionException e) {
            busy = false;
        }
    }

    private synchronized void startAgain() {
        try {
            if (System.nanoTime() - startedAt > STEADY.toNanos()) {
                pause = FIRST_PAUSE;
            }
            if (!stopped) {
                start();
            }
        } catch (StartException | RuntimeException e) {
            log.error("{} could not be started again; the next attempt is {} from now", server.name(), pause, e);
        } finally {
            notBefore = System.nanoTime() + pause.toNanos();
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            busy = false;
        }
    }

    void stop() {
        stopped = true;
        stopServer();
    }

    private synchronized void stopServer() {
        server.stop();
    }
}
