package io.largesse.scheduler;

import io.largesse.coupons.Message;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.PlannedFire;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts each time at which a schedule was due on record, once, and decides what becomes of it. */
public final class Planner {

    /** A time is missed if nobody looked for so long. */
    static final Duration GRACE = Duration.ofMinutes(1);

    /** The most times of a schedule in one transaction. */
    private static final int MOST = 500;

    private static final Logger LOG = LoggerFactory.getLogger(Planner.class);

    private final Schedules schedules;
    private final Supplier<Instant> now;

    /** @param now by a clock that all nodes share: one that runs ahead would plan what nobody may run yet */
    public Planner(Schedules schedules, Supplier<Instant> now) {
        this.schedules = schedules;
        this.now = now;
    }

    /** Plans all that is due by now, of all schedules. */
    public void look() {
        for (var schedule : schedules.all()) {
            try {
                if (!schedule.paused()) {
                    plan(schedule);
                }
            } catch (RuntimeException e) {
                LOG.error("schedule {} could not be planned; it is tried again", schedule.name(), e);
            }
        }
    }

    /** Plans all that is due of one. */
    void plan(Schedule schedule) {
        int planned;
        do {
            planned = schedules.plan(schedule.id(), locked -> due(locked, now.get()));
        } while (planned == MOST);
    }

    private List<PlannedFire> due(Schedule schedule, Instant now) {
        var times = DueTimes.of(schedule.cron(), schedule.zone()).between(schedule.lastPlanned(), now, MOST + 1);
        var open = schedules.hasOpen(schedule);
        var fires = new ArrayList<PlannedFire>();
        for (int i = 0; i < Math.min(MOST, times.size()); i++) {
            var at = times.get(i);
            var latest = i == times.size() - 1;
            var skipped = skipped(schedule, at, latest, open, now);
            open |= skipped == null;
            fires.add(new PlannedFire(at, skipped));
        }
        return fires;
    }

    private static @Nullable Message skipped(Schedule schedule, Instant at, boolean latest, boolean open, Instant now) {
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
