package io.largesse.jobs;

/** The pool's gate is closed: no code can be taken from it. */
class GateClosedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    GateClosedException(long grant) {
        super("the pool that grant " + grant + " takes its codes from is closed");
    }
}
