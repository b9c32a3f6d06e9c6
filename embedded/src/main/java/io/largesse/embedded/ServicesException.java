package io.largesse.embedded;

import org.jspecify.annotations.Nullable;

/** The local services cannot be used; the message says what follows from it, what to do, and where the log is. */
public final class ServicesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServicesException(String message) {
        this(message, null);
    }

    ServicesException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
