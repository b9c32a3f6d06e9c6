package io.largesse.jobs;

import io.largesse.coupons.Actor;
import java.util.Objects;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Takes one list after the other. A step of its own kind, since Spring Batch puts a transaction around others: each list has its
 * grant, whose two jobs have transactions and runs of their own.
 */
final class TakeInboxStep extends AbstractStep {

    private final Inbox inbox;

    TakeInboxStep(JobRepository jobs, Inbox inbox) {
        super(jobs);
        this.inbox = inbox;
        setName("take");
    }

    @Override
    protected void doExecute(StepExecution step) {
        try {
            inbox.take(runOf(step)).words().forEach(words -> Remarks.add(step, words));
        } catch (StopRequestedException e) {
            step.setTerminateOnly();
        }
    }

    private static InboxRun runOf(StepExecution step) {
        var parameters = step.getJobExecution().getJobParameters();
        var hold = Fence.holdOf(parameters);
        var by = new Actor(
                Objects.requireNonNull(parameters.getString(InboxDesk.BY)),
                Objects.requireNonNull(parameters.getString(InboxDesk.ORIGIN)),
                "run-" + hold.run());
        return new InboxRun(hold, by, parameters.getString(InboxDesk.CAMPAIGN));
    }
}
