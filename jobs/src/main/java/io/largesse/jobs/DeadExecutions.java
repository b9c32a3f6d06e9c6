package io.largesse.jobs;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;

/**
 * Repairs the records of an execution whose process died: Spring Batch takes them for running and refuses to restart. To
 * be called by the holder of the run's lease only. Unlike {@code JobOperator.recover} it also mends executions that
 * ended as UNKNOWN because the database was away at that moment: what a chunk committed is known from its own row.
 */
@Component
class DeadExecutions {

    private static final Logger LOG = LoggerFactory.getLogger(DeadExecutions.class);

    private final JobRepository jobs;
    private final Clock clock;

    DeadExecutions(JobRepository jobs, Clock clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    void recover(String job, JobParameters identifying) {
        var instance = jobs.getJobInstance(job, identifying);
        if (instance == null) {
            return;
        }
        var executions = jobs.getJobExecutions(instance);
        if (executions.isEmpty()) {
            LOG.info("{} died between its first two records; it begins anew", job);
            jobs.deleteJobInstance(instance); // one without an execution cannot be started
        }
        for (var execution : executions) {
            if (isDead(execution)) {
                LOG.info("execution {} of {} died; it is marked as failed and goes on", execution.getId(), job);
                fail(execution);
            }
        }
    }

    private void fail(JobExecution execution) {
        var now = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        for (StepExecution step : execution.getStepExecutions()) {
            if (isDead(step.getStatus())) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED.addExitDescription("the process died"));
                step.setEndTime(now);
                jobs.update(step);
            }
        }
        execution.setStatus(BatchStatus.FAILED);
        execution.setExitStatus(ExitStatus.FAILED.addExitDescription("the process died"));
        execution.setEndTime(now);
        jobs.update(execution);
    }

    /** An execution may have failed on record while its step is not: the database was away in between. */
    private static boolean isDead(JobExecution execution) {
        return isDead(execution.getStatus())
                || execution.getStepExecutions().stream().anyMatch(step -> isDead(step.getStatus()));
    }

    private static boolean isDead(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.STOPPING || status == BatchStatus.UNKNOWN;
    }
}
