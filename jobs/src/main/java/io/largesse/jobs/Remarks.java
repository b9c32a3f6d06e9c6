package io.largesse.jobs;

import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.StepExecution;

/** What steps have to tell of work that is done: logged at once, kept with the step, and told once the run is done. */
final class Remarks {

    private static final Logger LOG = LoggerFactory.getLogger(Remarks.class);

    /** Of Spring Batch, between what a step has to tell, and what a step of partitions repeats of them. */
    private static final String SEPARATOR = "; ";

    private static final int MOST = 5;

    private Remarks() {}

    /** @param words for people, a sentence without its full stop */
    static void add(StepExecution step, String words) {
        LOG.warn("{}: {}", step.getStepName(), words);
        step.setExitStatus(step.getExitStatus().addExitDescription(words));
    }

    /** Of the steps that are done, each sentence once, and the first few of them; empty if there are none. */
    static String of(List<JobExecution> executions) {
        var all = executions.stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> step.getStatus() == BatchStatus.COMPLETED)
                .flatMap(step ->
                        Stream.of(step.getExitStatus().getExitDescription().split(SEPARATOR)))
                .filter(words -> !words.isBlank())
                .distinct()
                .toList();
        var first = String.join(SEPARATOR, all.subList(0, Math.min(MOST, all.size())));
        return all.size() > MOST ? first + SEPARATOR + "and " + (all.size() - MOST) + " more, see the log" : first;
    }
}
