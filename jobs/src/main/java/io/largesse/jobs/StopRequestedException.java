package io.largesse.jobs;

/** Somebody asked the run to stop; what was done so far is committed. */
final class StopRequestedException extends RuntimeException {

    private static final long serialVersionUID = 1L;
}
