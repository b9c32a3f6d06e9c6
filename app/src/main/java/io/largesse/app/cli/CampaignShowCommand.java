package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code campaign show}. */
@Command(
        name = "show",
        description = "Show a campaign.",
        footer = {"", "Examples:", "  largesse campaign show summer", "", "Next: largesse pool show NAME"})
final class CampaignShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    CampaignShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return CampaignAnswer.of(session.get(Campaigns.class).byName(name), session);
    }
}
