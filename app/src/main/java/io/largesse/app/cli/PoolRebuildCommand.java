package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.jobs.PoolDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pool rebuild}. */
@Command(
        name = "rebuild",
        description = "Void every code of a campaign that nobody holds, and generate as many anew.",
        footer = {
            "",
            "For a Redis that has lost its data, or went back in time, and whose pools nobody can trust any more.",
            "Coupons, codes of grants and claims on their way stay as they are. Claims wait meanwhile, some seconds for a",
            "million codes; grants and code generation are refused. If it is interrupted, the same command goes on.",
            "Of a campaign that has ended the codes are voided only.",
            "",
            "Examples:",
            "  largesse pool rebuild summer",
            "",
            "Next: largesse reconcile summer, largesse pool show summer"
        })
final class PoolRebuildCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String campaign;

    PoolRebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var of = session.get(Campaigns.class).byName(campaign);
        var desk = session.get(PoolDesk.class);
        return new Work(session).run(progress -> desk.rebuild(of, session.actor(), progress));
    }
}
