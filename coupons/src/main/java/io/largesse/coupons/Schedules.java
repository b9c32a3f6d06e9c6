package io.largesse.coupons;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Schedules, and the times at which they were due. Every change by a person goes on record. */
@Component
public class Schedules {

    private final ScheduleMapper schedules;
    private final AuditTrail audit;

    Schedules(ScheduleMapper schedules, AuditTrail audit) {
        this.schedules = schedules;
        this.audit = audit;
    }

    /** From now on; refused if the name is taken. */
    @Transactional
    public Schedule add(ScheduleDraft draft, Actor by) {
        var id = schedules.insert(draft, now(), by.name());
        if (id == null) {
            throw RefusedException.of("coupons.schedule.exists", draft.name());
        }
        audit.record(by, "schedule.add", subject(draft.name()), null, schedules.show(id));
        return Objects.requireNonNull(schedules.byId(id));
    }

    /**
     * Adds those that are new, and changes those that are different; all of them or none.
     *
     * @return the names of those that were added or changed
     */
    @Transactional
    public List<String> apply(List<ScheduleDraft> drafts, Actor by) {
        var applied = new ArrayList<String>();
        for (var draft : drafts) {
            var known = schedules.byName(draft.name());
            if (known == null) {
                add(draft, by);
                applied.add(draft.name());
            } else if (!known.draft().equals(draft)) {
                var locked = schedules.lock(known.id()); // with what was planned by the one before
                var before = schedules.show(known.id());
                if (locked == null || schedules.change(known.id(), draft) == 0) {
                    throw RefusedException.of("coupons.schedule.unknown", draft.name());
                }
                schedules.skipPending(known.id(), "the schedule was changed");
                audit.record(by, "schedule.change", subject(draft.name()), before, schedules.show(known.id()));
                applied.add(draft.name());
            }
        }
        return applied;
    }

    public List<Schedule> all() {
        return schedules.all();
    }

    public Schedule byName(String name) {
        var found = schedules.byName(name);
        if (found == null) {
            throw RefusedException.of("coupons.schedule.unknown", name);
        }
        return found;
    }

    /** Null if it was removed. */
    public @Nullable Schedule byId(long id) {
        return schedules.byId(id);
    }

    /** With the record of its times; runs stay. Refused while one of them runs. */
    @Transactional
    public void remove(Schedule schedule, Actor by) {
        var unused = schedules.lock(schedule.id());
        if (schedules.isRunning(schedule.id())) {
            throw RefusedException.of("coupons.schedule.running", schedule.name());
        }
        audit.record(by, "schedule.remove", subject(schedule.name()), schedules.show(schedule.id()), null);
        schedules.delete(schedule.id());
    }

    /** Nothing begins until it is resumed; neither what waits nor what was due meanwhile is made up for. */
    @Transactional
    public void pause(Schedule schedule, boolean paused, Actor by) {
        if (schedules.pause(schedule.id(), paused) == 1) {
            if (paused) {
                schedules.skipPending(schedule.id(), "paused");
            }
            audit.record(by, paused ? "schedule.pause" : "schedule.resume", subject(schedule.name()), null, null);
        }
    }

    /** Runs it now, whatever the clock says. */
    @Transactional
    public Instant fire(Schedule schedule, Actor by) {
        var now = now();
        schedules.insertFire(schedule.id(), new PlannedFire(now, null), FireState.PENDING, null);
        audit.record(by, "schedule.fire", subject(schedule.name()), null, null);
        return now;
    }

    /**
     * Plans what is due: each time goes on record together with how far the schedule was looked at.
     *
     * @param due says what was due of the schedule since it was last planned, and what becomes of it
     * @return how many times that was
     */
    @Transactional
    public int plan(long id, Function<Schedule, List<PlannedFire>> due) {
        var schedule = schedules.lock(id);
        if (schedule == null || schedule.paused()) {
            return 0;
        }
        var times = due.apply(schedule);
        for (var time : times) {
            var skipped = time.skipped();
            schedules.insertFire(
                    id,
                    time,
                    skipped == null ? FireState.PENDING : FireState.SKIPPED,
                    skipped == null ? null : Messages.text(skipped, Locale.ENGLISH));
            schedules.planned(id, time.at());
        }
        return times.size();
    }

    /** Whether a node with the role scheduler is there. */
    public boolean isClockRunning() {
        return schedules.isClockRunning();
    }

    /** Times that have waited for so long although nothing was in their way, or that a node has left. */
    public long late(Duration time) {
        return schedules.late(time.toSeconds());
    }

    /** Whether a time of the schedule waits or runs. */
    public boolean hasOpen(Schedule schedule) {
        return schedules.hasOpen(schedule.id());
    }

    /** Its latest times, newest first. */
    public List<Fire> latest(Schedule schedule, int most) {
        return schedules.latest(schedule.id(), most);
    }

    /** The next time to be run, which is the caller's for so long; null if there is none. */
    @Transactional
    public @Nullable Fire take(String owner, Duration lease) {
        try {
            return schedules.take(owner, seconds(lease));
        } catch (DuplicateKeyException e) {
            throw new ConcurrentTakeException(e);
        }
    }

    /** Keeps it; false if it is somebody else's by now. */
    @Transactional
    public boolean beat(Fire fire, Duration lease) {
        return schedules.beat(fire, seconds(lease)) == 1;
    }

    /** Puts on record how it ended; false if it is somebody else's by now. */
    @Transactional
    public boolean end(Fire fire, FireState state, @Nullable String reason, @Nullable Long run) {
        return schedules.end(fire, state, reason, run) == 1;
    }

    /**
     * Leaves it for later, to whichever node comes first; the times after it wait.
     *
     * @param failed whether the attempt counts as one that came to nothing
     */
    @Transactional
    public void putOff(Fire fire, Duration time, @Nullable String reason, boolean failed) {
        schedules.putOff(fire, seconds(time), reason, failed);
    }

    /**
     * A time that was refused, or given up without a run, and is to be told now, to one caller at a time; null if there is
     * none. Until it is {@linkplain #told told} it comes again, after pauses that grow to an hour, for a day.
     */
    @Transactional
    public @Nullable Fire nextUntold() {
        return schedules.nextUntold();
    }

    /** Somebody has heard how it ended. */
    @Transactional
    public void told(Fire fire) {
        schedules.told(fire.id());
    }

    /** What time it is by the clock that all nodes share, the database's. */
    public Instant now() {
        return schedules.now();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static String subject(String name) {
        return "schedule " + name;
    }
}
