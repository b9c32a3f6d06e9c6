package io.largesse.jobs;

import io.largesse.coupons.History;
import io.largesse.coupons.Runs;
import java.time.Instant;
import java.util.Objects;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** Forgets what is over, some hundred records a transaction. Each may be repeated, so nothing tells how far it was. */
@Component
class HistoryPurge {

    static final String BEFORE = "before";

    private final History history;
    private final Runs runs;
    private final LiveRuns live;

    HistoryPurge(History history, Runs runs, LiveRuns live) {
        this.history = history;
        this.runs = runs;
        this.live = live;
    }

    @Nullable
    RepeatStatus purge(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var before = Instant.parse(
                Objects.requireNonNull(step.getJobExecution().getJobParameters().getString(BEFORE)));
        var run = Steps.runOf(step);
        live.of(run).begin("purge", 0, 0);
        var last = new long[] {0};
        var done = all(step, () -> forgetExecutions(last, before))
                && all(step, () -> history.forgetFires(before))
                && all(step, () -> history.forgetRuns(before));
        if (!done) {
            step.setTerminateOnly();
        }
        return RepeatStatus.FINISHED;
    }

    private int forgetExecutions(long[] last, Instant before) {
        var some = history.executions(last[0], before);
        if (!some.isEmpty()) {
            last[0] = some.get(some.size() - 1);
            history.forget(some);
        }
        return some.size();
    }

    /** @return false if somebody asked the run to stop */
    private boolean all(StepExecution step, IntSupplier some) {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        int forgotten;
        do {
            if (runs.fence(hold)) {
                return false;
            }
            forgotten = some.getAsInt();
            live.of(hold.run()).add(forgotten);
        } while (forgotten > 0);
        return true;
    }
}
