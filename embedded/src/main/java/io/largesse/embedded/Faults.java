package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Faults for tests that prove what survives them: kills without warning, and an object store out of reach. Each
 * returns when the fault has struck; recovery starts by itself (the object store's when it is asked for).
 */
public final class Faults {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Home home;

    private Faults(Home home) {
        this.home = home;
    }

    /** Faults in the services of that home. */
    public static Faults in(Path home) {
        return new Faults(Home.existing(home));
    }

    public void killPostgres() {
        kill("PostgreSQL", PostmasterFile.server(home));
    }

    /** Stops PostgreSQL as a machine that hangs would: connections stand, and nothing is answered until it goes on. */
    public void silencePostgres() {
        running("PostgreSQL", PostmasterFile.server(home)).signalAll("STOP");
    }

    /** Ends {@link #silencePostgres}. */
    public void wakePostgres() {
        PostmasterFile.server(home).ifPresent(server -> server.signalAll("CONT"));
    }

    public void killRedis() {
        kill("Redis", Redis.server(home));
    }

    /** Stops Redis as {@link #silencePostgres} does PostgreSQL. */
    public void silenceRedis() {
        running("Redis", Redis.server(home)).signal("STOP");
    }

    /** Ends {@link #silenceRedis}. */
    public void wakeRedis() {
        Redis.server(home).ifPresent(server -> server.signal("CONT"));
    }

    /** Kills the process that holds the S3 endpoint and looks after the other two, which live on. */
    public void killServices() {
        var state = FileHold.isTaken(home.servicesLock()) ? ServicesState.read(home) : null;
        if (state == null) {
            throw new IllegalStateException("No services process runs in " + home.root());
        }
        ProcessHandle.of(state.pid()).ifPresent(ProcessHandle::destroyForcibly);
        await("the end of the services process", () -> !FileHold.isTaken(home.servicesLock()) || !isOf(state));
    }

    private boolean isOf(ServicesState before) {
        var now = ServicesState.read(home);
        return now != null && now.pid() == before.pid();
    }

    public void killEverything() {
        killServices();
        killPostgres();
        killRedis();
    }

    /** Closes the S3 endpoint's port; it stays closed until {@link #startObjectStore} or a new services process. */
    public void stopObjectStore() {
        try {
            PrivateFiles.write(home.objectStoreOff(), "closed for a test\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await(
                "the end of the S3 endpoint",
                () -> !Ports.answers(home.objectStore().port()));
    }

    public void startObjectStore() {
        try {
            Files.deleteIfExists(home.objectStoreOff());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await("the S3 endpoint", () -> Ports.answers(home.objectStore().port()));
    }

    /**
     * From now on a commit of PostgreSQL is durable and yet never answered: its session waits for a standby that does not
     * exist, and others see the rows only once that wait has ended. Until {@link #answerCommits}, or for ever if the test
     * forgets it: the setting survives a restart.
     */
    public void holdCommits() {
        PostgresCluster.alter(home, "synchronous_standby_names", "nobody");
        await("commits to be held", () -> PostgresCluster.holdsCommits(home));
    }

    /** Commits are answered again, those that wait too. */
    public void answerCommits() {
        PostgresCluster.alter(home, "synchronous_standby_names", null);
    }

    private void kill(String name, Optional<ServerProcess> server) {
        var victim = running(name, server);
        victim.signal("KILL");
        await("the end of " + name, () -> !victim.alive());
    }

    private ServerProcess running(String name, Optional<ServerProcess> server) {
        return server.orElseThrow(() -> new IllegalStateException("No " + name + " runs in " + home.root()));
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) {
        if (!Waiting.until(PATIENCE, condition)) {
            throw new IllegalStateException("Waited in vain for " + what);
        }
    }
}
