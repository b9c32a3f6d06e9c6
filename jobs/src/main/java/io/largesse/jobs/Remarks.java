package io.largesse.jobs;

import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** What steps have to tell of work that is done: kept with the step, and told once the run is done. */
final class Remarks {

    private Remarks() {}

    /** @param words for people, a sentence without its full stop */
    static void add(StepExecution step, String words) {
        step.setExitStatus(step.getExitStatus().addExitDescription(words));
    }

    /** Also of earlier executions: what is done is not done again. */
    static List<String> of(JobExecution last, JobRepository jobs) {
        return jobs.getJobExecutions(last.getJobInstance()).stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> step.getStatus() == BatchStatus.COMPLETED)
                .map(step -> step.getExitStatus().getExitDescription())
                .filter(words -> !words.isEmpty())
                .distinct()
                .toList();
    }
}
