package io.largesse.scheduler;

import io.largesse.coupons.RefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import org.springframework.scheduling.support.CronExpression;

/**
 * The times at which a schedule is due, by the clock on the wall of a zone. A time that the clock skips when it is put forward is
 * due once it has been; several of them once. A time that comes twice when it is put back is due the first time, unless the
 * schedule is one of intervals, with every hour or every nth hour: that is due both times.
 */
public final class DueTimes {

    /** Longer than any clock is put back. */
    private static final int OVERLAP_HOURS = 25;

    /** Of what is due less often than this nothing is known. */
    private static final int MOST_YEARS = 8;

    private final CronExpression cron;
    private final ZoneId zone;
    private final boolean intervals;

    private DueTimes(CronExpression cron, ZoneId zone, boolean intervals) {
        this.cron = cron;
        this.zone = zone;
        this.intervals = intervals;
    }

    /**
     * @param cron minute, hour, day of the month, month, day of the week; or {@code @hourly}, {@code @daily}, {@code @weekly},
     *     {@code @monthly}
     * @throws RefusedException if it is none
     */
    public static DueTimes of(String cron, ZoneId zone) {
        var fields = cron.strip().split("\\s+");
        var named = fields.length == 1 && fields[0].matches("@(hourly|daily|weekly|monthly)");
        if (!named && fields.length != 5) {
            throw RefusedException.of("scheduler.cron.fields", cron, fields.length);
        }
        try {
            var parsed = CronExpression.parse(named ? fields[0] : "0 " + String.join(" ", fields));
            var hour = named ? (fields[0].equals("@hourly") ? "*" : "0") : fields[1];
            return new DueTimes(parsed, zone, hour.equals("*") || hour.startsWith("*/"));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw RefusedException.of("scheduler.cron.wrong", cron, String.valueOf(e.getMessage()));
        }
    }

    /** The first times after an instant, at most so many. */
    public List<Instant> next(Instant after, int most) {
        return times(after, after.atZone(zone).plusYears(MOST_YEARS).toInstant(), most);
    }

    /** The first times after an instant and not after the other, at most so many. */
    public List<Instant> between(Instant after, Instant until, int most) {
        return times(after, until, most);
    }

    private List<Instant> times(Instant after, Instant until, int most) {
        var found = new TreeSet<Instant>();
        var local = LocalDateTime.ofInstant(after, zone).minusHours(OVERLAP_HOURS);
        var end = LocalDateTime.ofInstant(until, zone).plusHours(OVERLAP_HOURS);
        for (var next = cron.next(local); next != null && !next.isAfter(end); next = cron.next(next)) {
            if (found.size() >= most && isPast(next, found)) {
                break; // what follows is later than all that were found, even if the clock is put back
            }
            instants(next).stream()
                    .filter(at -> at.isAfter(after) && !at.isAfter(until))
                    .forEach(found::add);
            while (found.size() > most) {
                found.pollLast();
            }
        }
        return List.copyOf(found);
    }

    private boolean isPast(LocalDateTime next, TreeSet<Instant> found) {
        return LocalDateTime.ofInstant(found.last(), zone)
                .plusHours(OVERLAP_HOURS)
                .isBefore(next);
    }

    private List<Instant> instants(LocalDateTime local) {
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.isEmpty()) {
            return List.of(zone.getRules().getTransition(local).getInstant());
        }
        var first = local.toInstant(offsets.get(0));
        return intervals && offsets.size() > 1 ? List.of(first, local.toInstant(offsets.get(1))) : List.of(first);
    }
}
