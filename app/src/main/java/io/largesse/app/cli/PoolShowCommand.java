package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.pools.Pools;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pool show}. */
@Command(
        name = "show",
        description = "Show a campaign's stock, its codes in the pool, shard by shard, and its coupons.",
        footer = {
            "",
            "Examples:",
            "  largesse pool show summer",
            "",
            "Next: largesse code generate summer --to-level 500000"
        })
final class PoolShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    PoolShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaign = session.get(Campaigns.class).byName(name);
        var level = session.get(Pools.class).level(campaign.pool());
        var coupons = session.get(Coupons.class).count(campaign);
        var texts = session.texts();
        var shards = level.shards().stream().map(texts::show).collect(Collectors.joining("  "));
        new Facts(texts)
                .add("app.label.campaign", campaign.name())
                .add("app.label.stock", campaign.stock())
                .add("app.label.generated", campaign.generated())
                .add("app.label.voided", campaign.voided())
                .add("app.label.ungenerated", campaign.ungenerated())
                .add("app.label.in-pool", level.sum())
                .add("app.label.shards", shards)
                .add("app.label.coupons", coupons)
                .lines()
                .forEach(session::show);
        session.answer(Json.of("campaign", campaign.name())
                .with("stock", campaign.stock())
                .with("generated", campaign.generated())
                .with("voided", campaign.voided())
                .with("ungenerated", campaign.ungenerated())
                .with("inPool", level.sum())
                .with("shards", level.shards())
                .with("coupons", coupons));
        return ExitCode.DONE;
    }
}
