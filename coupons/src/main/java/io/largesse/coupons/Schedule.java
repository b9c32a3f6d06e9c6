package io.largesse.coupons;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job by the clock.
 *
 * @param parameters {@code key=value}, as typed
 * @param cron five fields, in the local time of the zone
 * @param lastPlanned every time up to then at which it was due is on record as a fire
 */
public record Schedule(
        long id,
        String name,
        String job,
        List<String> parameters,
        String cron,
        ZoneId zone,
        Misfire misfire,
        Overlap overlap,
        boolean paused,
        Instant lastPlanned,
        Instant createdAt,
        String createdBy) {

    /** What was asked for. */
    public ScheduleDraft draft() {
        return new ScheduleDraft(name, job, parameters, cron, zone, misfire, overlap);
    }

    public Map<String, String> parameterMap() {
        var map = new LinkedHashMap<String, String>();
        for (var parameter : parameters) {
            var at = parameter.indexOf('=');
            map.put(parameter.substring(0, at), parameter.substring(at + 1));
        }
        return map;
    }
}
