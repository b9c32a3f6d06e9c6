package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code rebuild-pool}. */
@Component
final class NamedRebuild implements NamedJob {

    private final PoolDesk pools;

    NamedRebuild(PoolDesk pools) {
        this.pools = pools;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                PoolDesk.JOB,
                "voids every code of a campaign that nobody holds, and generates as many anew",
                List.of("campaign"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        return pools.rebuild(words.campaign(), by, progress);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return pools.restart(run.id(), progress);
    }
}
