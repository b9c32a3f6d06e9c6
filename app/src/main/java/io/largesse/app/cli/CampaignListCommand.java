package io.largesse.app.cli;

import io.largesse.app.yaml.Dates;
import io.largesse.coupons.Campaigns;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code campaign list}. */
@Command(
        name = "list",
        description = "List the campaigns, newest first.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign list",
            "  largesse campaign list --json",
            "",
            "Next: largesse campaign show NAME"
        })
final class CampaignListCommand implements Callable<Integer> {

    private final Session session;

    CampaignListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var campaigns = session.get(Campaigns.class);
        var all = campaigns.all();
        var table = new Table(
                session.texts(),
                "app.label.campaign",
                "app.label.status",
                "app.label.stock",
                "app.label.generated",
                "app.label.closes",
                "app.label.title");
        for (var c : all) {
            table.row(
                    c.name(), c.status(), c.stock(), c.generated(), Dates.shownEnd(c.closesAt(), c.zone()), c.title());
        }
        if (all.isEmpty()) {
            session.say("app.campaign.none", session.command("demo"));
        } else {
            table.lines().forEach(session::show);
        }
        session.answer(Json.of(
                "campaigns",
                all.stream()
                        .map(c -> CampaignView.json(c, campaigns.templateOf(c)))
                        .toList()));
        return ExitCode.DONE;
    }
}
