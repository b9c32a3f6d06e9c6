package io.largesse.jobs;

import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews a run's lease and tells its progress: to a listener of this process four times a second, to the table each beat. */
final class Heartbeat implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int TELL_MILLIS = 250;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(Heartbeat::daemon);
    private final Runs runs;
    private final RunHold hold;
    private final Progress progress;
    private final long tellsOfABeat;
    private long tells;

    Heartbeat(Runs runs, RunHold hold, Progress progress) {
        this.runs = runs;
        this.hold = hold;
        this.progress = progress;
        this.tellsOfABeat = Math.max(1, runs.lease().beat().toMillis() / TELL_MILLIS);
        var unused = timer.scheduleWithFixedDelay(this::tell, 0, TELL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tell() {
        try {
            progress.tell();
            if (tells++ % tellsOfABeat == 0 && !runs.beat(hold, progress.now())) {
                LOG.warn("run {} was taken over; its chunks will be refused from now on", hold.run());
            }
        } catch (RuntimeException e) {
            // a lease that cannot be renewed ends by itself, and the fence then refuses our chunks
            LOG.warn("the heartbeat of run {} failed; it is tried again soon", hold.run(), e);
        }
    }

    /** Stops beating, and tells the last state once more. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the last heartbeat of run {} has not come back", hold.run());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        progress.tell();
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "heartbeat");
        thread.setDaemon(true);
        return thread;
    }
}
