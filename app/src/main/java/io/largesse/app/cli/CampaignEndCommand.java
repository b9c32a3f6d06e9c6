package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RefusedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code campaign end}. */
@Command(
        name = "end",
        description = "End a campaign for good: no coupon of it is issued any more; its running grants stop after their"
                + " current chunk. Issued coupons stay valid.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign end summer --yes",
            "",
            "To stop for a while only: largesse campaign pause summer"
        })
final class CampaignEndCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--yes", description = "Yes, for good.")
    private boolean yes;

    CampaignEndCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!yes) {
            throw RefusedException.of("app.campaign.end-final", name);
        }
        var campaigns = session.get(Campaigns.class);
        var ended = campaigns.end(campaigns.byName(name), session.actor());
        session.say("app.campaign.ended", ended.name());
        CampaignAnswer.stopGrants(ended, session);
        return CampaignAnswer.of(ended, session);
    }
}
