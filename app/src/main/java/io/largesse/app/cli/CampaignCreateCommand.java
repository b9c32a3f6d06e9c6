package io.largesse.app.cli;

import io.largesse.app.yaml.CampaignFile;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Templates;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code campaign create}. */
@Command(
        name = "create",
        description = "Create a campaign from a YAML file.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign create --file samples/campaigns/summer.yaml",
            "",
            "Dates in the file are days of the campaign's zone; an end day counts whole.",
            "Next: largesse code generate summer --count 100000"
        })
final class CampaignCreateCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            required = true,
            description = "The campaign; samples/campaigns explains every key.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    CampaignCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var draft = CampaignFile.read(file, this::currency);
        var created = session.get(Campaigns.class).create(draft, session.actor());
        session.say("app.campaign.created", created.name());
        var code = CampaignAnswer.of(created, session);
        session.say("app.campaign.next", session.command("code generate " + created.name() + " --count 1000"));
        return code;
    }

    private String currency(String template) {
        var benefit = session.get(Templates.class).find(template).benefit();
        return benefit.currency().getCurrencyCode();
    }
}
