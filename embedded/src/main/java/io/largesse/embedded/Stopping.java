package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/** A request to stop the services of a home. */
final class Stopping {
    private final Home home;
    private final Duration patience;

    Stopping(Home home, Duration patience) {
        this.home = home;
        this.patience = patience;
    }

    StopOutcome unlessUsed() {
        var pids = new Users(home).pids();
        if (!pids.isEmpty()) {
            return new StopOutcome.InUse(pids);
        }
        // nobody is there: the services process sees that too, and stops by itself
        return outcome();
    }

    StopOutcome evenIfUsed() {
        if (!Files.isDirectory(home.services())) {
            return new StopOutcome.NotRunning();
        }
        try {
            PrivateFiles.write(home.halt(), "stopped on request; the next use starts the services again\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return outcome();
    }

    private StopOutcome outcome() {
        if (!FileHold.isTaken(home.servicesLock())) {
            return orphansStopped();
        }
        return Waiting.until(patience, () -> !FileHold.isTaken(home.servicesLock()))
                ? new StopOutcome.Stopped()
                : new StopOutcome.StillStopping(home.log("services"));
    }

    /** Servers whose services process was killed and whom nobody used since. */
    private StopOutcome orphansStopped() {
        if (PostmasterFile.server(home).isEmpty() && Redis.server(home).isEmpty()) {
            return new StopOutcome.NotRunning();
        }
        try (var launch = FileHold.take(home.launchLock(), patience)) {
            if (launch == null) {
                return new StopOutcome.StillStopping(home.log("services"));
            }
            Postgres.stopOrphan(home);
            Redis.stopOrphan(home);
            return new StopOutcome.Stopped();
        }
    }
}
