package io.largesse.scheduler;

import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarm clock. An alarm means "look", nothing else: what is due is found by {@link Planner}. Each schedule has an alarm for its
 * next time, and one rings every few seconds, so that a schedule that is new, or an alarm that got lost, waits for no longer.
 */
final class Alarms {

    static final JobKey LOOK = JobKey.jobKey("look");

    private static final TriggerKey EVERY = TriggerKey.triggerKey("every", "look");
    private static final String NEXT = "next";
    private static final int EVERY_SECONDS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);

    private final Scheduler quartz;
    private final Schedules schedules;

    Alarms(Scheduler quartz, Schedules schedules) {
        this.quartz = quartz;
        this.schedules = schedules;
    }

    /** Sets the one that rings every few seconds, unless another node has. */
    void begin() throws SchedulerException {
        if (quartz.checkExists(EVERY)) {
            return;
        }
        quartz.scheduleJob(TriggerBuilder.newTrigger()
                .withIdentity(EVERY)
                .forJob(LOOK)
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(EVERY_SECONDS)
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build());
    }

    /** Sets each schedule's alarm for its next time. */
    void set() throws SchedulerException {
        var now = schedules.now();
        for (var schedule : schedules.all()) {
            try {
                if (!schedule.paused()) {
                    set(schedule, now);
                }
            } catch (RuntimeException e) {
                LOG.error("schedule {} has no alarm; it is looked at every {} s", schedule.name(), EVERY_SECONDS, e);
            }
        }
    }

    private void set(Schedule schedule, Instant now) throws SchedulerException {
        var next = DueTimes.of(schedule.cron(), schedule.zone()).next(now, 1);
        var key = TriggerKey.triggerKey(schedule.name(), NEXT);
        if (next.isEmpty()) {
            return;
        }
        var at = Date.from(next.get(0));
        var known = quartz.getTrigger(key);
        if (known == null || !at.equals(known.getNextFireTime())) {
            set(TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(LOOK)
                    .startAt(at)
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                    .build());
        }
    }

    private void set(Trigger trigger) throws SchedulerException {
        if (quartz.rescheduleJob(trigger.getKey(), trigger) == null) {
            quartz.scheduleJob(trigger);
        }
    }
}
