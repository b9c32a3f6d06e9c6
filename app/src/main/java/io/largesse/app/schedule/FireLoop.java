package io.largesse.app.schedule;

import io.largesse.app.node.Repeating;
import io.largesse.scheduler.FireRunner;
import java.time.Duration;

/** Runs what was planned, one after the other, as long as the node lives. */
final class FireLoop extends Repeating {

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final FireRunner runner;

    /** @param number of several on this node */
    FireLoop(FireRunner runner, int number) {
        super("schedules-" + number, LOOK);
        this.runner = runner;
    }

    @Override
    protected boolean round() {
        return runner.runNext();
    }

    /** What runs stops after its chunk, and is left to other nodes. */
    @Override
    public void stop() {
        try {
            runner.stop();
        } finally {
            super.stop();
        }
    }
}
