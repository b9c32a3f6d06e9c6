package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Restorations;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** What operators say after PostgreSQL was restored to an older moment. It works in the calling thread. */
@Component
public class RestoreDesk {

    private static final Pattern GRANT = Pattern.compile("grant (\\d+)");

    private final GrantRuns grantRuns;
    private final Grants grants;
    private final JobRunner runner;
    private final Runs runs;
    private final Restorations restorations;
    private final Campaigns campaigns;
    private final Pools pools;

    RestoreDesk(
            GrantRuns grantRuns,
            Grants grants,
            JobRunner runner,
            Runs runs,
            Restorations restorations,
            Campaigns campaigns,
            Pools pools) {
        this.grantRuns = grantRuns;
        this.grants = grants;
        this.runner = runner;
        this.runs = runs;
        this.restorations = restorations;
        this.campaigns = campaigns;
        this.pools = pools;
    }

    /**
     * Lets nothing come a second time that was used since that moment. What was running then has failed, and may be restarted
     * once the pools are rebuilt: what Redis knows of it is newer than what PostgreSQL does.
     *
     * @throws RefusedException if some process is still at work
     */
    public void restored(Actor by, Consumer<RunProgress> progress) {
        runs.begun().forEach(run -> end(run, progress));
        var before = campaigns.all();
        restorations.record(by);
        before.forEach(campaign -> pools.contents().discardLedger(campaign.ledger()));
    }

    private void end(Run run, Consumer<RunProgress> progress) {
        var grant = GRANT.matcher(run.subject());
        if (grant.matches()) {
            grantRuns.endAsFailed(run, grants.find(Long.parseLong(grant.group(1))), progress);
        } else {
            runs.end(runner.takeOver(run, progress), RunState.FAILED, "PostgreSQL was restored to an older moment");
        }
    }
}
