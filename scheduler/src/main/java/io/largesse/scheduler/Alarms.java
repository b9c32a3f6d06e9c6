package io.largesse.scheduler;

import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * The alarm clock. An alarm means "look", nothing else: what is due is found by {@link Planner}. Each schedule has an alarm for its
 * next time, and one rings every few seconds, so that a schedule that is new, or an alarm that got lost, waits for no longer.
 */
final class Alarms {

    static final JobKey LOOK = JobKey.jobKey("look");

    private static final TriggerKey EVERY = TriggerKey.triggerKey("every", "look");
    private static final String NEXT = "next";
    private static final int EVERY_SECONDS = 5;

    private final Scheduler quartz;
    private final Schedules schedules;
    private final Clock clock;

    Alarms(Scheduler quartz, Schedules schedules, Clock clock) {
        this.quartz = quartz;
        this.schedules = schedules;
        this.clock = clock;
    }

    /** Sets the one that rings every few seconds. */
    void begin() throws SchedulerException {
        set(TriggerBuilder.newTrigger()
                .withIdentity(EVERY)
                .forJob(LOOK)
                .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever(EVERY_SECONDS)
                        .withMisfireHandlingInstructionNextWithRemainingCount())
                .build());
    }

    /** Sets each schedule's alarm for its next time. */
    void set() throws SchedulerException {
        var now = clock.instant();
        for (var schedule : schedules.all()) {
            if (!schedule.paused()) {
                set(schedule, now);
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
