package io.largesse.app.schedule;

import io.largesse.coupons.RunFigure;
import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import io.largesse.scheduler.DueTimes;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down if nothing fired though it was due, or if a run is silent and nobody goes on with it. */
final class ScheduleHealth implements HealthIndicator {

    private static final Duration LATE = Duration.ofMinutes(2);

    private final Schedules schedules;
    private final Runs runs;
    private final Clock clock;

    ScheduleHealth(Schedules schedules, Runs runs, Clock clock) {
        this.schedules = schedules;
        this.runs = runs;
        this.clock = clock;
    }

    @Override
    public Health health() {
        var forgotten = schedules.all().stream().filter(this::isForgotten).count();
        var late = schedules.late(LATE);
        var silent = runs.figures().stream().mapToLong(RunFigure::silent).sum();
        var health = forgotten + late + silent == 0 ? Health.up() : Health.down();
        return health.withDetail("schedulesForgotten", forgotten)
                .withDetail("timesLate", late)
                .withDetail("runsSilent", silent)
                .build();
    }

    private boolean isForgotten(Schedule schedule) {
        var before = clock.instant().minus(LATE);
        return !schedule.paused()
                && !DueTimes.of(schedule.cron(), schedule.zone())
                        .between(schedule.lastPlanned(), before, 1)
                        .isEmpty();
    }
}
