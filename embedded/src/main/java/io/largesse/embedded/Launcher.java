package io.largesse.embedded;

import io.largesse.embedded.ServicesState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Sees to it that a services process runs, from the side of a user. One user launches, the others wait for it. */
final class Launcher {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int SIGNALLED = 128;
    private static final int KILLS_BORNE = 3;

    private final Home home;
    private int kills;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    Launcher(Home home) {
        this.home = home;
    }

    /** Returns when the services are ready. */
    void ensureReady() {
        try (var launch = FileHold.take(home.launchLock(), left())) {
            if (launch == null) {
                throw refused("another process has been starting them for too long");
            }
            while (!(FileHold.isTaken(home.servicesLock()) ? joined() : launched())) {
                if (left().isZero()) {
                    throw refused("they were not ready within " + PATIENCE.toSeconds() + " s");
                }
            }
        } catch (IOException e) {
            throw refused(e.toString());
        }
    }

    /** Waits for a process that runs already; false if it ended instead. */
    private boolean joined() {
        await(() -> isReady() || !FileHold.isTaken(home.servicesLock()));
        return isReady();
    }

    /** Starts a process and waits for it; false if another one was quicker. */
    private boolean launched() throws IOException {
        // what a killed process said last must not be taken for the new one's word
        Files.deleteIfExists(home.state());
        var console = new ServerLog(home.log("services-console"));
        var process = new ProcessBuilder(ServicesCommand.of(home))
                .directory(home.root().toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.file().toFile())
                .start();
        await(() -> isReady() || !process.isAlive());
        if (isReady()) {
            return true;
        }
        if (process.isAlive()) {
            process.destroy();
            throw refused("they were not ready within " + PATIENCE.toSeconds() + " s");
        }
        if (process.exitValue() == ServicesMain.ANOTHER_RUNS || wasKilled(process)) {
            return false;
        }
        var state = ServicesState.read(home);
        throw refused(
                state != null && state.phase() == Phase.FAILED
                        ? state.message()
                        : "the process ended with " + process.exitValue() + ": " + console.since(0));
    }

    /** By a signal; a few times is bad luck, more often has a reason that a new attempt will not mend. */
    private boolean wasKilled(Process process) {
        return process.exitValue() > SIGNALLED && ++kills < KILLS_BORNE;
    }

    private boolean isReady() {
        var state = ServicesState.read(home);
        return state != null && state.phase() == Phase.READY && FileHold.isTaken(home.servicesLock());
    }

    private void await(java.util.function.BooleanSupplier condition) {
        if (!Waiting.until(left(), condition) && Thread.currentThread().isInterrupted()) {
            throw refused("the wait for them was interrupted");
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    private ServicesException refused(String why) {
        return new ServicesException("The local services of " + home.root() + " are not running: " + why
                + ". Nothing can be granted or claimed until they run; data on disk is left as it was. Log: "
                + home.log("services"));
    }
}
