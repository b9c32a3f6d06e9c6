package io.largesse.scheduler;

import java.util.Objects;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** What Quartz does when an alarm rings. Whatever goes wrong, the next one is seconds away. */
@DisallowConcurrentExecution
public final class Look implements Job {

    static final String PLANNER = "planner";
    static final String ALARMS = "alarms";

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            var parts = context.getScheduler().getContext();
            ((Planner) Objects.requireNonNull(parts.get(PLANNER))).look();
            ((Runnable) Objects.requireNonNull(parts.get(ALARMS))).run();
        } catch (SchedulerException | RuntimeException e) {
            throw new JobExecutionException(e);
        }
    }
}
