package io.largesse.coupons;

/** The run was taken over by another process: this one must write nothing more for it. */
public final class FencedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long run;

    FencedException(RunHold hold) {
        super("run " + hold.run() + " was taken over by another process; this one writes nothing more for it");
        this.run = hold.run();
    }

    public long run() {
        return run;
    }
}
