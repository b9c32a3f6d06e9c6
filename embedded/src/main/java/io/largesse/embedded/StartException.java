package io.largesse.embedded;

import org.jspecify.annotations.Nullable;

/** A service that did not start; the message says why and what to do about it. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    StartException(String message) {
        this(message, null);
    }

    StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
