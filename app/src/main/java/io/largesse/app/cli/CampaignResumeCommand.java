package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code campaign resume}. */
@Command(
        name = "resume",
        description = "Issue coupons of a paused campaign again.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign resume summer",
            "",
            "Grants that the pause stopped do not go on by themselves: largesse grant restart GRANT"
        })
final class CampaignResumeCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    CampaignResumeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaigns = session.get(Campaigns.class);
        var resumed = campaigns.resume(campaigns.byName(name), session.actor());
        session.say("app.campaign.resumed", resumed.name());
        session.get(Grants.class).of(resumed).stream()
                .filter(g -> g.state() == GrantState.STOPPED)
                .forEach(g -> session.say("app.grant.restart", session.command("grant restart " + g.id())));
        return CampaignAnswer.of(resumed, session);
    }
}
