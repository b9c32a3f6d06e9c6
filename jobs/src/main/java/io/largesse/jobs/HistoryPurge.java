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
    static final String LISTS_BEFORE = "lists-before";

    private final History history;
    private final ListPurge lists;
    private final Runs runs;
    private final LiveRuns live;

    HistoryPurge(History history, ListPurge lists, Runs runs, LiveRuns live) {
        this.history = history;
        this.lists = lists;
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

    /** Staged rows that were left, and, if so asked, lists with what stands of them in the object store. */
    @Nullable
    RepeatStatus purgeLists(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var parameters = step.getJobExecution().getJobParameters();
        var hold = Fence.holdOf(parameters);
        var before = parameters.getString(LISTS_BEFORE);
        var progress = live.of(hold.run());
        progress.begin("lists", 0, 0);
        try {
            lists.staging(hold, Instant.parse(Objects.requireNonNull(parameters.getString(BEFORE))), progress);
            if (before != null) {
                lists.lists(hold, Instant.parse(before), progress);
            }
        } catch (StopRequestedException e) {
            step.setTerminateOnly();
        }
        return RepeatStatus.FINISHED;
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
