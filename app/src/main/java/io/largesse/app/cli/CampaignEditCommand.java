package io.largesse.app.cli;

import io.largesse.app.yaml.Dates;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignChange;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Money;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code campaign edit}. */
@Command(
        name = "edit",
        description =
                "Top up a campaign's stock or budget, move its end, or let it take lists from the inbox. The change goes on record.",
        footer = {
            "",
            "Examples:",
            "  largesse campaign edit summer --stock 3000000",
            "  largesse campaign edit summer --closes 2027-09-30 --budget 30000000.00",
            "  largesse campaign edit summer --inbox-most 10000",
            "",
            "A day counts whole, in the campaign's zone; 2027-09-30T18:00 is a moment of it.",
            "Nothing changes unless all of the change is possible."
        })
final class CampaignEditCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Option(names = "--stock", paramLabel = "N", description = "How many coupons it may ever issue.")
    private @Nullable Long stock;

    @Option(names = "--closes", paramLabel = "DATE", description = "The last day of issue.")
    private @Nullable String closes;

    @Option(names = "--valid-to", paramLabel = "DATE", description = "The last day of use, if the period is fixed.")
    private @Nullable String validTo;

    @Option(names = "--budget", paramLabel = "X", description = "The most face value, in the template's currency.")
    private @Nullable String budget;

    @Option(
            names = "--inbox-most",
            paramLabel = "N",
            description = "The most coupons that a list from the inbox may cost; 0 takes none from there.")
    private @Nullable Long inboxMost;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    CampaignEditCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (stock == null && closes == null && validTo == null && budget == null && inboxMost == null) {
            throw new ParameterException(spec.commandLine(), session.text("app.campaign.nothing-to-edit"));
        }
        var campaigns = session.get(Campaigns.class);
        var campaign = campaigns.byName(name);
        var edited = campaigns.edit(campaign, change(campaign, campaigns), session.actor());
        session.say("app.campaign.edited", edited.name());
        return CampaignAnswer.of(edited, session);
    }

    private CampaignChange change(Campaign campaign, Campaigns campaigns) {
        var zone = campaign.zone();
        return new CampaignChange(
                stock,
                closes == null ? null : Dates.end(closes, zone),
                validTo == null ? null : Dates.end(validTo, zone),
                budget == null ? null : (Long) minor(budget, campaign, campaigns),
                inboxMost);
    }

    private static long minor(String budget, Campaign campaign, Campaigns campaigns) {
        var currency = campaigns.templateOf(campaign).benefit().currency();
        return Money.parse(budget, currency.getCurrencyCode()).minor();
    }
}
