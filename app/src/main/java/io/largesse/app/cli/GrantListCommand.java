package io.largesse.app.cli;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code grant list}. */
@Command(
        name = "list",
        description = "List the latest grants, newest first.",
        footer = {
            "",
            "Examples:",
            "  largesse grant list",
            "  largesse grant list --campaign summer",
            "",
            "Next: largesse grant show GRANT"
        })
final class GrantListCommand implements Callable<Integer> {

    private final Session session;

    @Option(names = "--campaign", paramLabel = "NAME", description = "Only the grants of a campaign.")
    private @Nullable String campaign;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at most (default: ${DEFAULT-VALUE}).")
    private int most;

    GrantListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var names = session.get(Campaigns.class).all().stream()
                .collect(Collectors.toMap(Campaign::id, Function.identity()));
        var grants = grants();
        var table = new Table(
                session.texts(),
                "app.label.grant",
                "app.label.campaign",
                "app.label.state",
                "app.label.rows",
                "app.label.recipients",
                "app.label.issued",
                "app.label.created",
                "app.label.created-by");
        grants.forEach(g -> row(table, g, names));
        if (grants.isEmpty()) {
            session.say("app.grant.none", session.command("grant start CAMPAIGN users.xlsx --dry-run"));
        } else {
            table.lines().forEach(session::show);
        }
        var json = grants.stream().map(g -> GrantView.json(g, name(g, names))).toList();
        session.answer(Json.of("grants", json));
        return ExitCode.DONE;
    }

    private List<Grant> grants() {
        if (campaign == null) {
            return session.get(Grants.class).latest(most);
        }
        var of = session.get(Campaigns.class).byName(campaign);
        return session.get(Grants.class).of(of).stream().limit(most).toList();
    }

    private static void row(Table table, Grant g, Map<Long, Campaign> campaigns) {
        var campaign = campaigns.get(g.campaignId());
        var created = campaign == null ? g.createdAt() : g.createdAt().atZone(campaign.zone());
        table.row(
                Long.toString(g.id()),
                name(g, campaigns),
                g.state(),
                g.rowCount(),
                g.recipients(),
                g.issued(),
                created,
                g.createdBy());
    }

    private static String name(Grant grant, Map<Long, Campaign> campaigns) {
        var campaign = campaigns.get(grant.campaignId());
        return campaign == null ? Long.toString(grant.campaignId()) : campaign.name();
    }
}
