package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import io.largesse.jobs.BookDesk;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pool rebuild}. */
@Command(
        name = "rebuild",
        description = "After Redis has lost a campaign's pool: make all codes void that nobody has, and as many anew.",
        footer = {
            "",
            "Examples:",
            "  largesse reconcile summer                 what is there, and what is not",
            "  largesse pool rebuild summer --yes",
            "",
            "Codes that are coupons or a grant's stay. No code that was lost is ever handed out again. A claim that was answered",
            "and not yet written is lost with Redis.",
            "Next: largesse reconcile summer"
        })
final class PoolRebuildCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--yes", description = "Yes, make them void for good.")
    private boolean yes;

    PoolRebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaign = session.get(Campaigns.class).byName(name);
        if (!yes) {
            throw RefusedException.of("app.pool.rebuild-final", name);
        }
        var progress = new ProgressPrinter(session.console(), session.texts(), Clock.systemUTC());
        var made = session.get(BookDesk.class).rebuild(campaign, session.actor(), progress);
        progress.end();
        session.say("app.pool.rebuilt", made, name);
        session.answer(Json.of("campaign", name).with("generated", made));
        return ExitCode.DONE;
    }
}
