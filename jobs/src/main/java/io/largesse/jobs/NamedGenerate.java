package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code generate-codes}. */
@Component
final class NamedGenerate implements NamedJob {

    private final CodeDesk codes;

    NamedGenerate(CodeDesk codes) {
        this.codes = codes;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                CodeDesk.JOB, "generates codes into the campaign's pool", List.of("campaign", "[count]", "[to-level]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        var level = words.get("to-level");
        return level != null
                ? codes.generateToLevel(words.campaign(), words.number("to-level"), by, progress)
                : codes.generate(words.campaign(), words.number("count"), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return codes.restart(run.id(), by, progress);
    }

    @Override
    public void check(JobWords words, Instant planned) {
        var given = words.get("to-level") != null ? "to-level" : "count";
        if (words.get("count") != null && given.equals("to-level")) {
            throw RefusedException.of("jobs.job.one-of", "count", "to-level");
        }
        if (words.number(given) < 1) {
            throw RefusedException.of("jobs.job.number", given, words.required(given));
        }
        var campaign = words.campaign();
        if (campaign.status() == CampaignStatus.ENDED) {
            throw RefusedException.of("coupons.campaign.not-active", campaign.name(), campaign.status());
        }
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}
