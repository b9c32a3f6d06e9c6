package io.largesse.jobs;

import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.listener.ChunkListener;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.scope.context.StepSynchronizationManager;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.stereotype.Component;

/**
 * Holds the run's fence in every chunk's transaction: if the run was taken over, the chunk is rolled back; if somebody
 * asked the run to stop, it stops after this chunk.
 */
@Component
class Fence implements ChunkListener<Object, Object>, StepExecutionListener, StepInterruptionPolicy {

    static final String RUN = "run";
    static final String TOKEN = "token";

    private final Runs runs;

    Fence(Runs runs) {
        this.runs = runs;
    }

    /** A partition that has not begun when the run is asked to stop does not begin. */
    @Override
    public void beforeStep(StepExecution step) {
        hold(step);
    }

    /** A step whose thread is interrupted is stopped. Spring Batch would end its loop and call it completed. */
    @Override
    public void checkInterrupted(StepExecution step) {
        if (Thread.currentThread().isInterrupted()) {
            step.setTerminateOnly();
        }
    }

    /** Called inside the transaction, after the chunk was written and before the commit. */
    @Override
    public void afterChunk(Chunk<Object> chunk) {
        var context = StepSynchronizationManager.getContext();
        if (context == null) {
            throw new IllegalStateException("a chunk outside a step");
        }
        hold(context.getStepExecution());
    }

    /** For tasklets, which are one transaction. */
    void hold(StepExecution step) {
        if (runs.fence(holdOf(step.getJobExecution().getJobParameters()))) {
            step.setTerminateOnly();
        }
    }

    static RunHold holdOf(JobParameters parameters) {
        return new RunHold(number(parameters, RUN), number(parameters, TOKEN));
    }

    static long number(JobParameters parameters, String name) {
        var value = parameters.getLong(name);
        if (value == null) {
            throw new IllegalStateException("the job parameter " + name + " is missing");
        }
        return value;
    }
}
