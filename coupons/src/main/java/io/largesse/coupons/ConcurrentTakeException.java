package io.largesse.coupons;

/** Two nodes took times of one schedule at the same moment: this one takes none. */
public final class ConcurrentTakeException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConcurrentTakeException(Throwable cause) {
        super("another node was first", cause);
    }
}
