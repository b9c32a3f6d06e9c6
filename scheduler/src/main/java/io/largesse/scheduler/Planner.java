package io.largesse.scheduler;

import io.largesse.coupons.Message;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.PlannedFire;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Puts each time at which a schedule was due on record, once, and decides what becomes of it. */
public final class Planner {

    /** A time is missed if nobody looked for so long. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** The most times of a schedule in one transaction. */
    private static final int MOST = 500;

    private final Schedules schedules;
    private final Clock clock;

    public Planner(Schedules schedules, Clock clock) {
        this.schedules = schedules;
        this.clock = clock;
    }

    /** Plans all that is due by now, of all schedules. */
    public void look() {
        for (var schedule : schedules.all()) {
            if (!schedule.paused()) {
                plan(schedule);
            }
        }
    }

    private void plan(Schedule schedule) {
        int planned;
        do {
            planned = schedules.plan(schedule.id(), locked -> due(locked, clock.instant()));
        } while (planned == MOST);
    }

    private List<PlannedFire> due(Schedule schedule, Instant now) {
        var times = DueTimes.of(schedule.cron(), schedule.zone()).between(schedule.lastPlanned(), now, MOST);
        var open = schedules.hasOpen(schedule);
        var fires = new ArrayList<PlannedFire>();
        for (int i = 0; i < times.size(); i++) {
            var at = times.get(i);
            var latest = i == times.size() - 1 && times.size() < MOST;
            var skipped = skipped(schedule, at, latest, open, now);
            open |= skipped == null;
            fires.add(new PlannedFire(at, skipped));
        }
        return fires;
    }

    private static @org.jspecify.annotations.Nullable Message skipped(
            Schedule schedule, Instant at, boolean latest, boolean open, Instant now) {
        var missed = at.plus(GRACE).isBefore(now);
        if (schedule.misfire() == Misfire.ONCE && !latest) {
            return Message.of("scheduler.fire.later-one");
        }
        if (schedule.misfire() == Misfire.SKIP && missed) {
            return Message.of("scheduler.fire.missed", Duration.between(at, now).toSeconds());
        }
        return schedule.overlap() == Overlap.SKIP && open ? Message.of("scheduler.fire.overlap") : null;
    }
}
