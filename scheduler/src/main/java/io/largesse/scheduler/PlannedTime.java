package io.largesse.scheduler;

import io.largesse.coupons.RefusedException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Parameters relative to the time at which a run was planned: {@code @planned}, {@code @planned-1d}, {@code @planned+2h}. */
final class PlannedTime {

    private static final Pattern RELATIVE = Pattern.compile("@planned(?:([+-]\\d{1,4})([dhm]))?");

    private PlannedTime() {}

    /** A day is one of the zone's calendar, however long. */
    static Map<String, String> resolve(Map<String, String> parameters, Instant planned, ZoneId zone) {
        var resolved = new LinkedHashMap<String, String>();
        parameters.forEach((name, value) -> resolved.put(name, resolve(value, planned, zone)));
        return resolved;
    }

    private static String resolve(String value, Instant planned, ZoneId zone) {
        if (!value.startsWith("@")) {
            return value;
        }
        var relative = RELATIVE.matcher(value);
        if (!relative.matches()) {
            throw RefusedException.of("scheduler.parameter.relative", value);
        }
        if (relative.group(1) == null) {
            return planned.toString();
        }
        var n = Long.parseLong(relative.group(1));
        var local = planned.atZone(zone);
        return (switch (relative.group(2)) {
                    case "d" -> local.plusDays(n);
                    case "h" -> local.plusHours(n);
                    default -> local.plusMinutes(n);
                })
                .toInstant()
                .toString();
    }
}
