package io.largesse.app.cli;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.jobs.PoolDesk;
import io.largesse.jobs.RestoreDesk;
import io.largesse.jobs.RunOutcome;
import io.largesse.pools.Pools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool rebuild}. */
@Command(
        name = "rebuild",
        description = "Void every code of a campaign that nobody holds, and generate as many anew.",
        footer = {
            "",
            "For a Redis that has lost its data, or went back in time, and whose pools nobody can trust any more.",
            "Coupons, codes of grants and claims that are waiting to be written stay as they are. Claims are turned away",
            "meanwhile, some seconds for a million codes; grants and code generation are refused. If it is interrupted,",
            "the same command does it again. Claims that Redis alone knew and has lost cannot be saved.",
            "Of a campaign that has ended the codes are voided only.",
            "",
            "After PostgreSQL was restored to an older moment, stop all nodes and say --restored: what was running then has",
            "failed and may be restarted; ids and serials that may have been used since are skipped; what users have",
            "claimed is what PostgreSQL knows; then all pools are rebuilt. To say so once too often does no harm.",
            "",
            "Examples:",
            "  largesse pool rebuild summer          tells what it would void",
            "  largesse pool rebuild summer --yes",
            "  largesse pool rebuild --all --yes",
            "  largesse pool rebuild --restored --yes",
            "",
            "Next: largesse reconcile summer, largesse pool show summer"
        })
final class PoolRebuildCommand implements Callable<Integer> {

    private final Session session;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Which which;

    @Option(names = "--yes", description = "Yes, void them.")
    private boolean yes;

    PoolRebuildCommand(Session session) {
        this.session = session;
    }

    /** One of these. */
    static final class Which {

        @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
        @SuppressWarnings("NullAway.Init")
        private String campaign;

        @Option(names = "--all", description = "All campaigns that have not ended.")
        private boolean all;

        @Option(names = "--restored", description = "All, since PostgreSQL was restored to an older moment.")
        private boolean restored;
    }

    @Override
    public Integer call() {
        if (which.all || which.restored) {
            return all();
        }
        var of = session.get(Campaigns.class).byName(which.campaign);
        if (!yes) {
            var level = session.get(Pools.class).level(of.pool()).sum();
            var coupons = session.get(Coupons.class).count(of);
            throw RefusedException.of("app.pool.rebuild-final", of.name(), level, coupons);
        }
        return new Work(session).run(progress -> rebuild(of, progress));
    }

    private RunOutcome rebuild(Campaign of, Consumer<RunProgress> progress) {
        return session.get(PoolDesk.class).rebuild(of, session.actor(), progress);
    }

    private int all() {
        var campaigns = session.get(Campaigns.class).all().stream()
                .filter(c -> c.status() != CampaignStatus.ENDED)
                .toList();
        if (!yes) {
            throw RefusedException.of(
                    which.restored ? "app.pool.restored-final" : "app.pool.rebuild-all-final", campaigns.size());
        }
        var work = new Work(session);
        if (which.restored) {
            session.get(RestoreDesk.class).restored(session.actor(), work.progress());
            work.progress().end();
            session.say("app.pool.restored");
        }
        var outcomes = new ArrayList<RunOutcome>();
        for (var campaign : campaigns) {
            var outcome = tried(work, campaign);
            outcomes.add(outcome);
            tell(campaign, outcome);
            if (outcome.state() == RunState.STOPPED) {
                break;
            }
        }
        session.answer(Json.of("campaigns", json(campaigns, outcomes)));
        return outcomes.stream().allMatch(o -> o.state() == RunState.DONE) ? ExitCode.DONE : ExitCode.UNFINISHED;
    }

    /** One that is refused keeps none of the others from being rebuilt. */
    private RunOutcome tried(Work work, Campaign campaign) {
        try {
            return work.outcome(progress -> rebuild(campaign, progress));
        } catch (RefusedException e) {
            return new RunOutcome(0, RunState.REFUSED, e.why());
        }
    }

    private void tell(Campaign campaign, RunOutcome outcome) {
        if (outcome.state() == RunState.DONE) {
            var now = session.get(Campaigns.class).byName(campaign.name());
            session.say(
                    "app.pool.rebuilt",
                    campaign.name(),
                    session.get(Pools.class).level(now.pool()).sum(),
                    now.voided());
            return;
        }
        var why = outcome.why();
        session.note(
                "app.pool.not-rebuilt",
                campaign.name(),
                why == null
                        ? session.text("app.run.no-reason")
                        : session.texts().of(why),
                session.command("pool rebuild " + campaign.name() + " --yes"));
    }

    private static List<Json> json(List<Campaign> campaigns, List<RunOutcome> outcomes) {
        var all = new ArrayList<Json>();
        for (int i = 0; i < outcomes.size(); i++) {
            all.add(Json.of("campaign", campaigns.get(i).name())
                    .with("runId", Long.toString(outcomes.get(i).run()))
                    .with("state", outcomes.get(i).state()));
        }
        return all;
    }
}
