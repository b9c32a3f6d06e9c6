package io.largesse.jobs;

import org.springframework.batch.core.step.StepExecution;

/** The parameters that all steps of a grant's jobs share. */
final class Steps {

    static final String GRANT = "grant";

    private Steps() {}

    static long grantOf(StepExecution step) {
        return Fence.number(step.getJobExecution().getJobParameters(), GRANT);
    }

    static long runOf(StepExecution step) {
        return Fence.number(step.getJobExecution().getJobParameters(), Fence.RUN);
    }
}
