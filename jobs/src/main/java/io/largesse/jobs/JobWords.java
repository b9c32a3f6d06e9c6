package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a job as somebody typed them. What is missing, or is not what it should be, is refused. */
final class JobWords {

    private final JobDescription job;
    private final Map<String, String> given;
    private final Campaigns campaigns;

    /** Refused if one is given that the job does not have. */
    JobWords(JobDescription job, Map<String, String> given, Campaigns campaigns) {
        for (var name : given.keySet()) {
            if (!job.parameters().contains(name) && !job.parameters().contains("[" + name + "]")) {
                throw RefusedException.of("jobs.job.parameter", job.name(), name, String.join(", ", job.parameters()));
            }
        }
        this.job = job;
        this.given = given;
        this.campaigns = campaigns;
    }

    /** Refused if one is missing that may not be left out, or if there is no such campaign. */
    void requireAll() {
        for (var parameter : job.parameters()) {
            if (!parameter.startsWith("[")) {
                var unused = required(parameter);
            }
        }
        var unused = campaignIfGiven();
    }

    @Nullable
    String get(String name) {
        return given.get(name);
    }

    String required(String name) {
        @Nullable String value = given.get(name);
        if (value == null) {
            throw RefusedException.of("jobs.job.missing", job.name(), name);
        }
        return value;
    }

    long number(String name) {
        return number(name, required(name));
    }

    static long number(String name, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw RefusedException.of("jobs.job.number", name, value);
        }
    }

    Instant instant(String name) {
        return instant(name, required(name));
    }

    @Nullable
    Instant instantIfGiven(String name) {
        var value = get(name);
        return value == null ? null : instant(name, value);
    }

    private static Instant instant(String name, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException e) {
            throw RefusedException.of("jobs.job.instant", name, value);
        }
    }

    /** No if it is not given. */
    boolean isYes(String name) {
        var value = given.getOrDefault(name, "no");
        if (!value.equals("yes") && !value.equals("no")) {
            throw RefusedException.of("jobs.job.yes-or-no", name, value);
        }
        return value.equals("yes");
    }

    Campaign campaign() {
        return campaigns.byName(required("campaign"));
    }

    @Nullable
    Campaign campaignIfGiven() {
        var name = get("campaign");
        return name == null ? null : campaigns.byName(name);
    }
}
