package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunState;
import io.largesse.jobs.BookDesk;
import io.largesse.jobs.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
            "  largesse reconcile summer --repair    if they do not balance: with a fresh pool",
            "",
            "Without --repair it changes nothing, stops nobody, and tells nothing false while claims and grants go on.",
            "Exit code 4 if the books of some campaign do not balance.",
            "Next: largesse pool show CAMPAIGN, largesse code show CODE, largesse pool rebuild --help"
        })
final class ReconcileCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(
            paramLabel = "CAMPAIGN",
            arity = "0..1",
            description = "The campaign; all that have not ended if not given.")
    private @Nullable String name;

    @Option(
            names = "--repair",
            description = "Rebuild the pool of each campaign whose codes are lost or twice; then look again.")
    private boolean repair;

    ReconcileCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(BookDesk.class);
        var campaign = name == null ? null : session.get(Campaigns.class).byName(name);
        var all = new ArrayList<Books>();
        var work = new Work(session);
        var outcome = work.outcome(progress -> repair
                ? desk.repair(campaign, session.actor(), progress, all::add)
                : desk.reconcile(campaign, session.actor(), progress, all::add));
        var wrong = all.stream().filter(books -> !books.balance()).toList();
        if (outcome.state() != RunState.DONE && wrong.isEmpty()) {
            return work.end(outcome); // stopped, refused, or it could not look
        }
        if (all.isEmpty()) {
            session.say("app.campaign.none", session.command("--help"));
        } else {
            show(all);
        }
        session.answer(Json.of("runId", Long.toString(outcome.run()))
                .with("balance", wrong.isEmpty())
                .with("campaigns", all.stream().map(ReconcileCommand::json).toList()));
        return wrong.isEmpty() ? ExitCode.DONE : ExitCode.UNFINISHED;
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
                "app.label.archived",
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
                    b.archived(),
                    b.voided(),
                    b.lost(),
                    b.twiceInAll());
        }
        table.lines().forEach(session::show);
        for (var books : all) {
            for (var code : books.twice()) {
                session.say("app.books.twice", books.campaign(), code.code(), code.here(), code.there());
            }
            if (books.unknown() != 0) {
                session.say(
                        "app.books.unknown",
                        books.campaign(),
                        books.unknown(),
                        session.command("pool rebuild --restored --yes"));
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
                .with("archived", books.archived())
                .with("voided", books.voided())
                .with("lost", books.lost())
                .with("unknown", books.unknown())
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
