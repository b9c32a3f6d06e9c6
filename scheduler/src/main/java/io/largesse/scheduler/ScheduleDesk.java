package io.largesse.scheduler;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.ScheduleDraft;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What operators ask about schedules. */
@Component
public class ScheduleDesk {

    private final Schedules schedules;
    private final JobDesk jobs;
    private final Clock clock;
    private final Planner planner;
    private final TransactionOperations transactions;

    ScheduleDesk(Schedules schedules, JobDesk jobs, Clock clock, TransactionOperations transactions) {
        this.planner = new Planner(schedules, schedules::now);
        this.transactions = transactions;
        this.schedules = schedules;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Adds a schedule that is due from now on. Refused if it could not run: nothing is found out at night. */
    public Schedule add(ScheduleDraft draft, Actor by) {
        check(draft);
        return schedules.add(draft, by);
    }

    /**
     * Adds those that are new, and changes those that are different; refused as a whole if one could not run. What was due of
     * one that is changed goes on record first: as skipped, if it did not begin.
     *
     * @return the names of those that were added or changed
     */
    public List<String> apply(List<ScheduleDraft> drafts, Actor by) {
        var names = new java.util.HashSet<String>();
        for (var draft : drafts) {
            if (!names.add(draft.name())) {
                throw RefusedException.of("scheduler.name.twice", draft.name());
            }
        }
        var known = schedules.all().stream().map(Schedule::draft).toList();
        drafts.stream().filter(draft -> !known.contains(draft)).forEach(this::check);
        return transactions.execute(tx -> {
            schedules.all().stream()
                    .filter(schedule -> names.contains(schedule.name()))
                    .filter(schedule -> !drafts.contains(schedule.draft()))
                    .forEach(planner::plan);
            return schedules.apply(drafts, by);
        });
    }

    /** Nothing begins until it is resumed. What was due before, and did not begin, goes on record as skipped. */
    public void pause(Schedule schedule, Actor by) {
        transactions.executeWithoutResult(tx -> {
            planner.plan(schedule);
            schedules.pause(schedule, true, by);
        });
    }

    private void check(ScheduleDraft draft) {
        if (!draft.name().matches("[a-z0-9][a-z0-9-]{0,62}")) {
            throw RefusedException.of("scheduler.name", draft.name());
        }
        if (draft.misfire() == Misfire.EACH && draft.overlap() == Overlap.SKIP) {
            throw RefusedException.of("scheduler.each-needs-queue");
        }
        var due = DueTimes.of(draft.cron(), draft.zone());
        var parameters = Map.<String, String>copyOf(parameters(draft.parameters()));
        // as it would run at the next time: whatever is relative to that must make sense
        var next = due.next(clock.instant(), 1);
        if (next.isEmpty()) {
            throw RefusedException.of("scheduler.cron.never", draft.cron());
        }
        jobs.check(draft.job(), PlannedTime.resolve(parameters, next.get(0), draft.zone()), next.get(0));
    }

    private static Map<String, String> parameters(List<String> typed) {
        var map = new java.util.LinkedHashMap<String, String>();
        for (var parameter : typed) {
            var at = parameter.indexOf('=');
            if (at < 1) {
                throw RefusedException.of("scheduler.parameter.form", parameter);
            }
            if (map.put(parameter.substring(0, at), parameter.substring(at + 1)) != null) {
                throw RefusedException.of("scheduler.parameter.twice", parameter.substring(0, at));
            }
        }
        return map;
    }

    /** The coming times of a cron expression, with what the clock does between them. */
    public List<NextTime> next(String cron, ZoneId zone, int most) {
        return NextTime.after(clock.instant(), cron, zone, most);
    }
}
