package io.largesse.app.cli;

import java.nio.file.Path;
import java.util.Map;

/** The running application, as commands see it. It starts when it is opened, and needs the services. */
public interface Node extends AutoCloseable {

    /** The bean of a type. */
    <T> T get(Class<T> type);

    @Override
    void close();

    /** Where it answers requests; 0 if it does not. */
    default int port() {
        return 0;
    }

    /** Starts the application on a home. */
    interface Factory {
        Node open(Path home);

        /** One that answers requests, and works by itself. */
        default Node serve(Path home, Map<String, String> settings) {
            throw new UnsupportedOperationException("nobody serves here");
        }
    }
}
