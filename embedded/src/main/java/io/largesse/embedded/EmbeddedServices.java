package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A user's hold on the services of a home: while it is open, PostgreSQL, Redis and an S3 endpoint run, on 127.0.0.1
 * only. Several processes may hold the same home; they get the same services. The services are stopped when the last
 * hold ends, be it by {@link #close()} or by the death of its process. Data and ports are kept from run to run.
 */
public final class EmbeddedServices implements AutoCloseable {
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);

    private final Home home;
    private final FileHold hold;
    private final Watchdog watchdog;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedServices(Home home, FileHold hold) {
        this.home = home;
        this.hold = hold;
        this.watchdog = new Watchdog(home);
    }

    /**
     * Starts the services of a home if need be and waits until they answer: seconds usually, two minutes at most.
     *
     * @param home a directory, made if it does not exist
     * @throws ServicesException if they cannot run; the message says why, what to do, and where the log is
     */
    public static EmbeddedServices use(Path home) {
        var prepared = Home.prepare(home);
        var users = new Users(prepared);
        FileHold hold;
        try {
            hold = users.enter();
        } catch (IOException e) {
            throw new ServicesException(
                    "The local services of " + prepared.root() + " cannot be used: " + e
                            + ". Make the directory writable, or set LARGESSE_HOME to another one.",
                    e);
        }
        try {
            // to use them is to want them again after a forced stop
            Files.deleteIfExists(prepared.halt());
            new Launcher(prepared).ensureReady();
            awaitAnswers(prepared);
            var services = new EmbeddedServices(prepared, hold);
            services.watchdog.start();
            return services;
        } catch (IOException | RuntimeException e) {
            users.leave(hold);
            throw e instanceof RuntimeException refusal ? refusal : new ServicesException(e.toString(), e);
        }
    }

    /** One of the servers may be on its way back from a crash just now. */
    private static void awaitAnswers(Home home) {
        for (var remembered : new Remembered[] {home.postgres(), home.redis(), home.objectStore()}) {
            if (!Waiting.until(ANSWER_PATIENCE, () -> Ports.answers(remembered.port()))) {
                throw new ServicesException("The local services of " + home.root() + " run, but port "
                        + remembered.port() + " does not answer; nothing can be stored there. See the logs in "
                        + home.logs());
            }
        }
    }

    /** The settings a Spring application needs to use these services. They hold secrets. */
    public Map<String, String> properties() {
        return ServicesSettings.of(home);
    }

    /** Lets go; the last one out stops the services (within a second or two, not waited for). */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            watchdog.close();
            new Users(home).leave(hold);
        }
    }

    /** How the services of a home are; never starts or creates anything. */
    public static ServicesStatus status(Path home) {
        return ServicesStatus.of(Home.existing(home));
    }

    /** Stops the services of a home unless somebody uses them. */
    public static StopOutcome stop(Path home, Duration patience) {
        return new Stopping(Home.existing(home), patience).unlessUsed();
    }

    /** Stops the services of a home from under its users. They stay stopped until somebody calls {@link #use} again. */
    public static StopOutcome stopEvenIfUsed(Path home, Duration patience) {
        return new Stopping(Home.existing(home), patience).evenIfUsed();
    }
}
