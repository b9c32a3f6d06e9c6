package io.largesse.jobs;

import io.largesse.coupons.Message;
import io.largesse.coupons.RunState;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param state DONE, STOPPED, FAILED or REFUSED
 * @param why what refused it or made it fail, or what is to be told of work that is done; null otherwise
 */
public record RunOutcome(long run, RunState state, @Nullable Message why) {

    private static final String TAKEN_OVER = "jobs.run.fenced";

    static RunOutcome takenOver(long run) {
        return new RunOutcome(run, RunState.FAILED, Message.of(TAKEN_OVER, run));
    }

    /** Whether another process goes on with the run: it failed for this one only. */
    public boolean takenOver() {
        return why != null && why.code().equals(TAKEN_OVER);
    }
}
