package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code campaign pause}. */
@Command(
        name = "pause",
        description = "Stop issuing coupons of a campaign for now; its running grants stop after their current chunk.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign pause summer",
            "",
            "Next: largesse campaign resume summer, then largesse grant restart GRANT for each grant that was stopped"
        })
final class CampaignPauseCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    CampaignPauseCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaigns = session.get(Campaigns.class);
        var paused = campaigns.pause(campaigns.byName(name), session.actor());
        session.say("app.campaign.paused", paused.name());
        CampaignAnswer.stopGrants(paused, session);
        return CampaignAnswer.of(paused, session);
    }
}
