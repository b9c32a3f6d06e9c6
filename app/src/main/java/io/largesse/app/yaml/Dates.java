package io.largesse.app.yaml;

import io.largesse.coupons.RefusedException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/**
 * Days and moments as people type them, {@code 2026-12-31} or {@code 2026-12-31T18:00}, in a campaign's zone. A day as an
 * end counts whole: it ends where the next day begins, which is not midnight everywhere.
 */
public final class Dates {

    private Dates() {}

    /** The first moment of a day, or the moment itself. */
    public static Instant beginning(String typed, ZoneId zone) {
        return isDay(typed) ? day(typed).atStartOfDay(zone).toInstant() : moment(typed, zone);
    }

    /** The first moment after a day, or the moment itself. */
    public static Instant end(String typed, ZoneId zone) {
        return isDay(typed) ? day(typed).plusDays(1).atStartOfDay(zone).toInstant() : moment(typed, zone);
    }

    /** An end as people read it: the last day if it ends with a day, else the moment. */
    public static String shownEnd(Instant end, ZoneId zone) {
        var local = end.atZone(zone);
        var lastDay = local.toLocalDate().minusDays(1);
        return lastDay.plusDays(1).atStartOfDay(zone).toInstant().equals(end) ? lastDay + " " + zone : shown(end, zone);
    }

    /** A beginning as people read it: the day if it begins with a day, else the moment. */
    public static String shownBeginning(Instant beginning, ZoneId zone) {
        var day = beginning.atZone(zone).toLocalDate();
        return day.atStartOfDay(zone).toInstant().equals(beginning) ? day + " " + zone : shown(beginning, zone);
    }

    private static String shown(Instant moment, ZoneId zone) {
        var local = moment.atZone(zone).toLocalDateTime();
        return local.toLocalDate() + " " + LocalTime.from(local) + " " + zone;
    }

    private static boolean isDay(String typed) {
        return typed.indexOf('T') < 0 && typed.indexOf(' ') < 0;
    }

    private static LocalDate day(String typed) {
        try {
            return LocalDate.parse(typed);
        } catch (DateTimeException e) {
            throw RefusedException.of("app.date.malformed", typed);
        }
    }

    private static Instant moment(String typed, ZoneId zone) {
        var text = typed.replace(' ', 'T');
        try {
            if (text.endsWith("Z") || text.matches(".*[+-][0-9]{2}(:?[0-9]{2})?")) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException e) {
            throw RefusedException.of("app.date.malformed", typed);
        }
        return local(typed, text, zone);
    }

    /** Where clocks are changed, an hour does not exist and another exists twice: neither is guessed. */
    private static Instant local(String typed, String text, ZoneId zone) {
        LocalDateTime local;
        try {
            local = LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw RefusedException.of("app.date.malformed", typed);
        }
        var offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() != 1) {
            throw RefusedException.of(offsets.isEmpty() ? "app.date.gap" : "app.date.overlap", typed, zone);
        }
        return local.toInstant(offsets.get(0));
    }
}
