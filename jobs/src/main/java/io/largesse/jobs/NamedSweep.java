package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code sweep-expired}. */
@Component
final class NamedSweep implements NamedJob {

    private final SweepDesk sweeps;

    NamedSweep(SweepDesk sweeps) {
        this.sweeps = sweeps;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                SweepDesk.JOB,
                "marks unspent coupons past their end as expired, and voids the codes of campaigns that have ended",
                List.of("[campaign]", "[cutoff]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return sweeps.sweep(words.campaignIfGiven(), words.instantIfGiven("cutoff"), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return sweeps.restart(run.id(), by, progress);
    }

    @Override
    public void check(JobWords words, Instant planned) {
        var cutoff = words.instantIfGiven("cutoff");
        if (cutoff != null && cutoff.isAfter(planned)) {
            throw RefusedException.of("jobs.sweep.future", cutoff, planned);
        }
    }

    @Override
    public boolean isForSchedules() {
        return true;
    }
}
