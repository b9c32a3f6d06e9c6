package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.RefusedException;
import io.largesse.jobs.PoolDesk;
import io.largesse.pools.Pools;
import java.util.concurrent.Callable;
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
            "Examples:",
            "  largesse pool rebuild summer          tells what it would void",
            "  largesse pool rebuild summer --yes",
            "",
            "Next: largesse reconcile summer, largesse pool show summer"
        })
final class PoolRebuildCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String campaign;

    @Option(names = "--yes", description = "Yes, void them.")
    private boolean yes;

    PoolRebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var of = session.get(Campaigns.class).byName(campaign);
        if (!yes) {
            var level = session.get(Pools.class).level(of.pool()).sum();
            var coupons = session.get(Coupons.class).count(of);
            throw RefusedException.of("app.pool.rebuild-final", of.name(), level, coupons);
        }
        var desk = session.get(PoolDesk.class);
        return new Work(session).run(progress -> desk.rebuild(of, session.actor(), progress));
    }
}
