package io.largesse.app.cli;

import java.nio.file.Path;

/** The running application, as commands see it. It starts when it is opened, and needs the services. */
public interface Node extends AutoCloseable {

    /** The bean of a type. */
    <T> T get(Class<T> type);

    @Override
    void close();

    /** Starts the application on a home. */
    interface Factory {
        Node open(Path home);
    }
}
