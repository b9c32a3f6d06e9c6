package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What the services process says of itself. To be believed only while {@link Home#servicesLock()} is held. */
record ServicesState(Phase phase, long pid, Instant since, String message) {

    enum Phase {
        STARTING,
        READY,
        STOPPING,
        FAILED
    }

    static @Nullable ServicesState read(Home home) {
        try {
            var properties = PrivateFiles.read(home.state());
            if (properties.isEmpty()) {
                return null;
            }
            return new ServicesState(
                    Phase.valueOf(properties.getProperty("phase", "")),
                    Long.parseLong(properties.getProperty("pid", "")),
                    Instant.parse(properties.getProperty("since", "")),
                    properties.getProperty("message", ""));
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ServicesState in(Phase next) {
        return new ServicesState(next, pid, since, message);
    }

    ServicesState failed(String why) {
        return new ServicesState(Phase.FAILED, pid, since, why);
    }

    void write(Home home) throws IOException {
        var properties = new Properties();
        properties.setProperty("phase", phase.name());
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("since", since.toString());
        properties.setProperty("message", message);
        PrivateFiles.write(home.state(), properties);
    }
}
