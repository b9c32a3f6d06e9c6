package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.jobs.GrantDesk;
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
        var desk = session.get(GrantDesk.class);
        session.get(Grants.class).of(paused).stream()
                .filter(g -> g.state() == GrantState.RUNNING)
                .map(Grant::id)
                .filter(id -> desk.stop(id, session.actor()))
                .forEach(id -> session.say("app.grant.stopping", Long.toString(id)));
        return CampaignAnswer.of(paused, session);
    }
}
