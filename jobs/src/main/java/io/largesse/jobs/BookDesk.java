package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask about books that may not balance. It works in the calling thread. */
@Component
public class BookDesk {

    static final String JOB = "reconcile";

    private static final String SUBJECT = "books";

    private final Job reconcile;
    private final BookShelf shelf;
    private final JobRunner runner;
    private final Runs runs;
    private final Campaigns campaigns;
    private final PoolDesk pools;

    BookDesk(Job reconcile, BookShelf shelf, JobRunner runner, Runs runs, Campaigns campaigns, PoolDesk pools) {
        this.reconcile = reconcile;
        this.shelf = shelf;
        this.runner = runner;
        this.runs = runs;
        this.campaigns = campaigns;
        this.pools = pools;
    }

    /**
     * Compares what was generated with where it stands. Changes nothing and stops nobody; some seconds for a million codes.
     * The run fails if some books do not balance.
     *
     * @param campaign null for all that have not ended
     * @param found is told the books of each campaign
     */
    public RunOutcome reconcile(
            @Nullable Campaign campaign, Actor by, Consumer<RunProgress> progress, Consumer<Books> found) {
        var subject = campaign == null ? SUBJECT : SUBJECT + " of " + campaign.name();
        var parameters = campaign == null ? "" : "campaign=" + campaign.name();
        return work(runner.start(RunSpec.of(JOB, subject, parameters), by), campaign, progress, found);
    }

    /**
     * The same, and rebuilds the pools of those campaigns whose books do not balance by them; then looks once more.
     *
     * @return how the second look ended; or the first rebuild that did not get to its end
     */
    public RunOutcome repair(
            @Nullable Campaign campaign, Actor by, Consumer<RunProgress> progress, Consumer<Books> found) {
        var wrong = new java.util.ArrayList<Books>();
        var outcome = reconcile(campaign, by, progress, books -> {
            if (books.isWrongByPool()) {
                wrong.add(books);
            }
        });
        if (outcome.state() == RunState.STOPPED) {
            return outcome;
        }
        for (var books : wrong) {
            var rebuilt = pools.rebuild(campaigns.byName(books.campaign()), by, progress);
            if (rebuilt.state() != RunState.DONE) {
                return rebuilt;
            }
        }
        return reconcile(campaign, by, progress, found);
    }

    /** Looks again. */
    RunOutcome restart(long run, Consumer<RunProgress> progress) {
        var known = runs.find(run);
        var campaign = known.parameters().isEmpty()
                ? null
                : campaigns.byName(known.parameters().substring("campaign=".length()));
        return work(runner.takeOver(known, progress), campaign, progress, books -> {});
    }

    private RunOutcome work(
            RunHold hold, @Nullable Campaign campaign, Consumer<RunProgress> progress, Consumer<Books> found) {
        var asked = campaign != null
                ? List.of(campaign)
                : campaigns.all().stream()
                        .filter(c -> c.status() != CampaignStatus.ENDED)
                        .toList();
        shelf.ask(hold.run(), asked, found);
        try {
            var parameters =
                    new JobParametersBuilder().addLong(Fence.RUN, hold.run()).toJobParameters();
            return runner.run(reconcile, hold, parameters, progress, outcome -> {});
        } finally {
            shelf.clear(hold.run());
        }
    }
}
