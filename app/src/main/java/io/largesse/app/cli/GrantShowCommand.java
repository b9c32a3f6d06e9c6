package io.largesse.app.cli;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Run;
import io.largesse.coupons.Runs;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.RevokeDesk;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant show}. */
@Command(
        name = "show",
        description = "Show a grant: its counts, and how far it is if it runs just now, in whatever process.",
        footer = {
            "",
            "Examples:",
            "  largesse grant show 1",
            "  largesse grant show 1 --follow         until it ends; exits with 3 or 4 if it did not end well",
            "",
            "Next: largesse grant report 1 --to rejects.xlsx, largesse coupon list --user USER"
        })
final class GrantShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "GRANT", description = "The grant's number.")
    private long id;

    @Option(names = "--follow", description = "Show its progress until it ends.")
    private boolean follow;

    GrantShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var desk = session.get(GrantDesk.class);
        desk.summary(id);
        if (follow) {
            new Following(session, Grant.subject(id)).untilOver();
        }
        var summary = desk.summary(id);
        var run = RunView.latest(session.get(Runs.class), Grant.subject(id));
        var lines = GrantView.facts(summary, session.texts());
        if (run != null) {
            RunView.add(lines, run, session.texts(), Clock.systemUTC().instant());
        }
        lines.lines().forEach(session::show);
        GrantView.reasons(summary.rejects(), session);
        var purged = summary.grant().listPurgedAt();
        if (purged != null) {
            session.say("app.grant.purged", purged.atZone(summary.campaign().zone()));
        }
        hint(summary.grant(), run);
        var left = session.get(RevokeDesk.class).left(id);
        if (!left.isNothing()) {
            session.say("app.revoke.left", left.codes(), left.files().size(), session.command("grant revoke " + id));
        }
        var json = GrantView.json(summary);
        session.answer(run == null ? json : json.with("run", RunView.json(run)));
        return follow ? exitCode(summary.grant().state()) : ExitCode.DONE;
    }

    private void hint(Grant grant, @Nullable Run run) {
        boolean dead = run != null && run.state().isActive() && !run.alive();
        switch (grant.state()) {
            case CHECKED -> session.say("app.grant.next", session.command("grant start --checked " + id));
            case STOPPED, FAILED -> {
                session.say("app.grant.restart", session.command("grant restart " + id));
                session.say("app.revoke.instead", session.command("grant revoke " + id));
            }
            case REVOKING -> session.say("app.revoke.half-way", session.command("grant revoke " + id));
            default -> {
                if (dead) {
                    session.say("app.grant.dead", session.command("grant restart " + id));
                }
            }
        }
    }

    private static int exitCode(GrantState state) {
        return switch (state) {
            case REFUSED -> ExitCode.REFUSED;
            case STOPPED, FAILED, REVOKING -> ExitCode.UNFINISHED;
            default -> ExitCode.DONE;
        };
    }
}
