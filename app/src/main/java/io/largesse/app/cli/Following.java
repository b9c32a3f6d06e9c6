package io.largesse.app.cli;

import io.largesse.coupons.Run;
import io.largesse.coupons.Runs;
import java.time.Clock;

/** Watches what runs on a subject in another process, by the row that its heartbeat keeps. */
final class Following {

    private static final long PAUSE_MILLIS = 500;

    /** Between the check of a grant and its issue there is a moment without a run. */
    private static final int IDLE_LOOKS = 4;

    private final Session session;
    private final String subject;

    Following(Session session, String subject) {
        this.session = session;
        this.subject = subject;
    }

    /** Returns when nothing runs any more, or when whatever ran has lost its process. */
    void untilOver() throws InterruptedException {
        var progress = new ProgressPrinter(session.console(), session.texts(), Clock.systemUTC());
        int idle = 0;
        while (idle < IDLE_LOOKS) {
            var run = RunView.latest(session.get(Runs.class), subject);
            if (isAlive(run)) {
                idle = 0;
                progress.accept(RunView.progress(java.util.Objects.requireNonNull(run)));
            } else {
                idle++;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        progress.end();
    }

    /** Waits until a run is over; false if it has lost its process, so that it will not end by itself. */
    static boolean awaitEnd(Runs runs, long id) throws InterruptedException {
        for (var run = runs.find(id); run.state().isActive(); run = runs.find(id)) {
            if (!run.alive()) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return true;
    }

    private static boolean isAlive(@org.jspecify.annotations.Nullable Run run) {
        return run != null && run.state().isActive() && run.alive();
    }
}
