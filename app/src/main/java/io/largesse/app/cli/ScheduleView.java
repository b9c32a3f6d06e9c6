package io.largesse.app.cli;

import io.largesse.coupons.Schedule;
import io.largesse.coupons.Schedules;
import io.largesse.scheduler.NextTime;
import io.largesse.scheduler.ScheduleDesk;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** How schedules are shown. */
final class ScheduleView {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx");

    private ScheduleView() {}

    static String time(NextTime next) {
        return TIME.format(next.at());
    }

    /** Coming times, one a line; between which of them the clock is changed is marked. */
    static void next(List<NextTime> times, Session session) {
        for (var next : times) {
            session.show(time(next) + (next.clockChanges() ? "  " + session.text("app.schedule.clock-changes") : ""));
        }
    }

    static void noteIfNoClock(Session session) {
        if (!session.get(Schedules.class).isClockRunning()) {
            session.note("app.schedule.no-clock", session.command("serve"));
        }
    }

    static Json json(Schedule schedule, Session session) {
        var next = session.get(ScheduleDesk.class).next(schedule.cron(), schedule.zone(), 1);
        return Json.of("name", schedule.name())
                .with("job", schedule.job())
                .with("parameters", schedule.parameters())
                .with("cron", schedule.cron())
                .with("zone", schedule.zone().getId())
                .with("misfire", schedule.misfire())
                .with("overlap", schedule.overlap())
                .with("paused", schedule.paused())
                .with("next", next.isEmpty() ? null : next.get(0).at().toInstant());
    }

    static List<Json> json(List<NextTime> times) {
        return times.stream()
                .map(next -> Json.of("at", next.at().toInstant())
                        .with("local", time(next))
                        .with("clockChanges", next.clockChanges()))
                .toList();
    }
}
