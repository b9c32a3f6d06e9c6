package io.largesse.jobs;

/** Lists were not taken, or not moved, through no fault of theirs; they are gone on with by the next run or a restart. */
final class InboxFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InboxFailedException(String message) {
        super(message);
    }
}
