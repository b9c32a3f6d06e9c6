package io.largesse.jobs;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/** Work that is one transaction, committed only while this process holds the run. */
record FencedTasklet(Fence fence, Work work) implements Tasklet {

    interface Work {
        void of(StepExecution step) throws Exception;
    }

    @Override
    public @Nullable RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        var step = contribution.getStepExecution();
        work.of(step);
        fence.hold(step);
        return RepeatStatus.FINISHED;
    }
}
