package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import io.largesse.scheduler.DueTimes;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Down if nothing fired though it was due, or if a run is silent and nobody goes on with it. */
final class ScheduleHealth extends AbstractHealthIndicator {

    /** After which nobody can be expected to begin, or to go on with, what somebody should have. */
    static final Duration LATE = Duration.ofMinutes(2);

    private final Schedules schedules;
    private final Runs runs;

    ScheduleHealth(Schedules schedules, Runs runs) {
        this.schedules = schedules;
        this.runs = runs;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        var before = schedules.now().minus(LATE);
        var forgotten = schedules.all().stream()
                .filter(schedule -> isForgotten(schedule, before))
                .count();
        var late = schedules.late(LATE);
        var silent = runs.silent(LATE);
        health.status(forgotten + late + silent == 0 ? Status.UP : Status.DOWN)
                .withDetail("schedulesForgotten", forgotten)
                .withDetail("timesLate", late)
                .withDetail("runsSilent", silent);
    }

    private static boolean isForgotten(Schedule schedule, Instant before) {
        return !schedule.paused()
                && !DueTimes.of(schedule.cron(), schedule.zone())
                        .between(schedule.lastPlanned(), before, 1)
                        .isEmpty();
    }
}
