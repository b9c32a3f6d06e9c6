package io.largesse.app.node;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Work that a node does over and over in a thread of its own, from its start to its end. Whatever goes wrong is logged, once
 * a minute if it lasts, and tried again.
 */
public abstract class Repeating implements SmartLifecycle {

    /** The phase of what answers need: it is there before the first of them and until after the last. */
    protected static final int BENEATH_ANSWERS = 0;

    private static final Duration TROUBLE = Duration.ofMillis(500);
    private static final long LONGEST_STOP_MILLIS = 10_000;
    private static final long TELL_NANOS = Duration.ofMinutes(1).toNanos();

    private final Logger log = LoggerFactory.getLogger(getClass());
    private final String name;
    private final Duration pause;
    private volatile boolean running;
    private volatile long lastRound = System.nanoTime();
    private volatile Thread thread = new Thread();
    private volatile CountDownLatch end = new CountDownLatch(1);
    private long told = System.nanoTime() - TELL_NANOS;

    /** @param pause before the next round if there was nothing to do */
    protected Repeating(String name, Duration pause) {
        this.name = name;
        this.pause = pause;
    }

    /** @return whether there was something to do, so that the next round follows at once */
    protected abstract boolean round() throws Exception;

    /** What is to be done after the last round; it should not take long. */
    protected void last() throws Exception {}

    @Override
    public void start() {
        running = true;
        end = new CountDownLatch(1);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The round under way is brought to its end, if that does not take too long. */
    @Override
    public void stop() {
        running = false;
        end.countDown();
        try {
            thread.join(LONGEST_STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    /** Since the last round that came to its end. */
    public final long secondsSinceRound() {
        return Duration.ofNanos(System.nanoTime() - lastRound).toSeconds();
    }

    private void run() {
        while (running) {
            try {
                var busy = round();
                lastRound = System.nanoTime();
                if (!busy) {
                    sleep(pause);
                }
            } catch (Throwable e) { // of whatever kind: nobody else does this for the node
                tell(e);
                sleep(pause.compareTo(TROUBLE) > 0 ? pause : TROUBLE);
            }
        }
        try {
            last();
        } catch (Throwable e) {
            log.warn("{}: what was left to do at the end failed", name, e);
        }
    }

    private void tell(Throwable trouble) {
        if (running && System.nanoTime() - told > TELL_NANOS) {
            told = System.nanoTime();
            log.warn("{}: this round failed; it is tried again", name, trouble);
        }
    }

    private void sleep(Duration time) {
        try {
            var unused = end.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
