package io.largesse.coupons;

import java.time.ZoneId;
import java.util.List;

/** A schedule to be added, see {@link Schedule}. */
public record ScheduleDraft(
        String name, String job, List<String> parameters, String cron, ZoneId zone, Misfire misfire, Overlap overlap) {}
