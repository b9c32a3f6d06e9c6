package io.largesse.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the first Ctrl-C (or the signal of whoever shuts the machine down) into a request to stop after the current
 * chunk; the second one kills. A shutdown hook could not do this: it runs while the database connections are being closed.
 */
final class StopSignal implements AutoCloseable {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final int KILLED = 130;
    private static final long PAUSE_MILLIS = 200;

    private final Map<Signal, SignalHandler> former = new LinkedHashMap<>();
    private final Session session;
    private final String told;
    private final BooleanSupplier stop;
    private volatile boolean asked;
    private volatile boolean over;

    /** @param stop asks whatever runs to stop; false if nothing runs just now, then it is asked again */
    StopSignal(Session session, BooleanSupplier stop) {
        this(session, "app.signal.stopping", stop);
    }

    /** @param told the message that answers the first signal */
    StopSignal(Session session, String told, BooleanSupplier stop) {
        this.session = session;
        this.told = told;
        this.stop = stop;
        for (var name : SIGNALS) {
            try {
                var signal = new Signal(name);
                former.put(signal, Signal.handle(signal, this::received));
            } catch (IllegalArgumentException e) {
                // -Xrs keeps signals from Java: then Ctrl-C just kills, and a restart goes on
                session.note("app.signal.unavailable", name);
            }
        }
    }

    boolean asked() {
        return asked;
    }

    @Override
    public void close() {
        over = true;
        former.forEach(Signal::handle);
    }

    private void received(Signal signal) {
        // Java calls from a thread that has no loader for resources
        Thread.currentThread().setContextClassLoader(StopSignal.class.getClassLoader());
        if (asked) {
            session.note("app.signal.killed");
            Runtime.getRuntime().halt(KILLED);
        }
        asked = true;
        session.note(told);
        var asking = new Thread(this::ask, "stop");
        asking.setDaemon(true);
        asking.start();
    }

    private void ask() {
        while (!over && !stop.getAsBoolean()) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
