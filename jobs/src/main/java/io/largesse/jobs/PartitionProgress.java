package io.largesse.jobs;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/** Counts the partitions that are done. */
@Component
class PartitionProgress implements StepExecutionListener {

    private final LiveRuns live;

    PartitionProgress(LiveRuns live) {
        this.live = live;
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution step) {
        if (step.getStatus() == BatchStatus.COMPLETED) {
            live.of(Steps.runOf(step)).partitionDone();
        }
        return step.getExitStatus();
    }
}
