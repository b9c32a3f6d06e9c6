package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.ArrayList;
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
    private final Archives archives;
    private final PoolDesk pools;

    BookDesk(
            Job reconcile,
            BookShelf shelf,
            JobRunner runner,
            Runs runs,
            Campaigns campaigns,
            Archives archives,
            PoolDesk pools) {
        this.reconcile = reconcile;
        this.shelf = shelf;
        this.runner = runner;
        this.runs = runs;
        this.campaigns = campaigns;
        this.archives = archives;
        this.pools = pools;
    }

    /**
     * Compares what was generated with where it stands. Changes nothing and stops nobody; some seconds for a million codes.
     * The run fails if some books do not balance.
     *
     * @param campaign null for all that have not ended, or have archived coupons
     * @param found is told the books of each campaign
     */
    public RunOutcome reconcile(
            @Nullable Campaign campaign, Actor by, Consumer<RunProgress> progress, Consumer<Books> found) {
        var subject = campaign == null ? SUBJECT : SUBJECT + " of " + campaign.name();
        var parameters = campaign == null ? "" : "campaign=" + campaign.name();
        giveUp(runs.last(JOB, subject), progress);
        return work(runner.start(RunSpec.of(JOB, subject, parameters), by), campaign, progress, found);
    }

    /** What it found wrong is found again, or is wrong no more. */
    private void giveUp(@Nullable Run last, Consumer<RunProgress> progress) {
        var over = last == null || last.state() == RunState.DONE || last.state() == RunState.REFUSED;
        if (last != null && !over && !(last.state().isActive() && last.alive())) {
            runs.end(runner.takeOver(last, progress), RunState.REFUSED, "given up for another run");
        }
    }

    /**
     * The same, and rebuilds the pools of those campaigns whose books do not balance by them; then looks once more.
     *
     * @return how the second look ended; or a rebuild that was stopped
     * @throws RefusedException after the second look, if the pool of some campaign may not be rebuilt now
     */
    public RunOutcome repair(
            @Nullable Campaign campaign, Actor by, Consumer<RunProgress> progress, Consumer<Books> found) {
        var all = new ArrayList<Books>();
        var outcome = reconcile(campaign, by, progress, all::add);
        var wrong = all.stream().filter(Books::isWrongByPool).toList();
        if (wrong.isEmpty() || outcome.state() == RunState.STOPPED) {
            all.forEach(found);
            return outcome;
        }
        RefusedException refused = null;
        for (var books : wrong) {
            try {
                var rebuilt = pools.rebuild(campaigns.byName(books.campaign()), by, progress);
                if (rebuilt.state() == RunState.STOPPED) {
                    return rebuilt;
                }
            } catch (RefusedException e) {
                refused = e; // the others may still be mended
            }
        }
        var again = reconcile(campaign, by, progress, found);
        if (refused != null) {
            throw refused;
        }
        return again;
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
                        .filter(c -> c.status() != CampaignStatus.ENDED || archives.isAny(c.id()))
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
