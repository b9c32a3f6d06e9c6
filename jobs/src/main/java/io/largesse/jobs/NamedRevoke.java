package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code revoke-grant}. */
@Component
final class NamedRevoke implements NamedJob {

    private final RevokeDesk revocations;

    NamedRevoke(RevokeDesk revocations) {
        this.revocations = revocations;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                RevokeDesk.JOB, "takes a grant back: its unspent coupons and its unused codes", List.of("grant"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return revocations.revoke(words.number("grant"), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return revocations.revoke(NamedGrant.grantOf(run), by, progress);
    }
}
