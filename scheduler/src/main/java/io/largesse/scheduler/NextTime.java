package io.largesse.scheduler;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A time at which a schedule will be due.
 *
 * @param clockChanges whether the zone's clock is put forward or back between the time before and this one
 */
public record NextTime(ZonedDateTime at, boolean clockChanges) {

    static List<NextTime> after(Instant now, String cron, ZoneId zone, int most) {
        var next = new ArrayList<NextTime>();
        var before = now;
        for (var at : DueTimes.of(cron, zone).next(now, most)) {
            next.add(new NextTime(at.atZone(zone), changes(zone, before, at)));
            before = at;
        }
        return next;
    }

    private static boolean changes(ZoneId zone, Instant after, Instant until) {
        var transition = zone.getRules().nextTransition(after);
        return transition != null && !transition.getInstant().isAfter(until);
    }
}
