package io.largesse.app.cli;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.jobs.BookDesk;
import io.largesse.jobs.Books;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code reconcile}. */
@Command(
        name = "reconcile",
        description = "Check that every code that was generated stands in one place, in PostgreSQL and Redis.",
        footer = {
            "",
            "Examples:",
            "  largesse reconcile",
            "  largesse reconcile summer",
            "",
            "It changes nothing, stops nobody, and tells nothing false while claims and grants go on.",
            "Exit code 4 if the books of some campaign do not balance.",
            "Next: largesse pool show CAMPAIGN, largesse code show CODE"
        })
final class ReconcileCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(
            paramLabel = "CAMPAIGN",
            arity = "0..1",
            description = "The campaign; all that have not ended if not given.")
    private @Nullable String name;

    ReconcileCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(BookDesk.class);
        var all = campaigns().stream().map(desk::books).toList();
        if (all.isEmpty()) {
            session.say("app.campaign.none", session.command("--help"));
        } else {
            show(all);
        }
        session.answer(Json.of("balance", all.stream().allMatch(Books::balance))
                .with("campaigns", all.stream().map(ReconcileCommand::json).toList()));
        return all.stream().allMatch(Books::balance) ? ExitCode.DONE : ExitCode.UNFINISHED;
    }

    private List<Campaign> campaigns() {
        var campaigns = session.get(Campaigns.class);
        return name != null
                ? List.of(campaigns.byName(name))
                : campaigns.all().stream()
                        .filter(campaign -> campaign.status() != CampaignStatus.ENDED)
                        .toList();
    }

    private void show(List<Books> all) {
        var table = new Table(
                session.texts(),
                "app.label.campaign",
                "app.label.generated",
                "app.label.in-pool",
                "app.label.allotted",
                "app.label.claimed",
                "app.label.coupons",
                "app.label.voided",
                "app.label.lost",
                "app.label.twice");
        for (var b : all) {
            table.row(
                    b.campaign(),
                    b.generated(),
                    b.inPools(),
                    b.allotted(),
                    b.claimed(),
                    b.coupons(),
                    b.voided(),
                    b.lost(),
                    b.twiceInAll());
        }
        table.lines().forEach(session::show);
        for (var books : all) {
            for (var code : books.twice()) {
                session.say("app.books.twice", books.campaign(), code.code(), code.here(), code.there());
            }
            if (!books.balance()) {
                session.say("app.books.wrong", books.campaign());
            }
        }
    }

    private static Json json(Books books) {
        return Json.of("campaign", books.campaign())
                .with("balance", books.balance())
                .with("generated", books.generated())
                .with("inPools", books.inPools())
                .with("allotted", books.allotted())
                .with("claimed", books.claimed())
                .with("coupons", books.coupons())
                .with("voided", books.voided())
                .with("lost", books.lost())
                .with("twiceInAll", books.twiceInAll())
                .with(
                        "twice",
                        books.twice().stream()
                                .map(t -> Json.of("code", t.code())
                                        .with("here", t.here())
                                        .with("there", t.there()))
                                .toList());
    }
}
