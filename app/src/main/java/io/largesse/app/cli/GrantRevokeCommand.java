package io.largesse.app.cli;

import io.largesse.coupons.Archives;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.jobs.RevokeDesk;
import io.largesse.jobs.RunOutcome;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant revoke}. */
@Command(
        name = "revoke",
        description = "Take a grant back: its unspent coupons cannot be used any more. Spent ones stay as they are.",
        footer = {
            "",
            "Examples:",
            "  largesse grant revoke 1 --dry-run                what it would mean; changes nothing",
            "  largesse grant revoke 1 --dry-run --used used.xlsx",
            "  largesse grant revoke 1 --yes",
            "",
            "It is for good: the grant cannot be restarted. Revoked coupons keep their codes and count against the stock;",
            "codes that were not issued yet go back to the pool. If it is stopped half-way, the same command goes on.",
            "Next: largesse campaign edit CAMPAIGN --stock N, to grant as many coupons anew"
        })
final class GrantRevokeCommand implements Callable<Integer> {

    /** What taking back changes; with the others the command goes on, cleans, or says why not. */
    private static final Set<GrantState> TO_DECIDE =
            EnumSet.of(GrantState.DONE, GrantState.STOPPED, GrantState.FAILED, GrantState.RUNNING, GrantState.RECEIVED);

    private final Session session;

    @Parameters(paramLabel = "GRANT", description = "The grant's number.")
    private long id;

    @Option(names = "--dry-run", description = "Only tell what it would mean, or what it has done.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Yes, for good.")
    private boolean yes;

    @Option(
            names = "--used",
            paramLabel = "FILE",
            description =
                    "Write the coupons that are not taken back, since they are spent or expired, to a spreadsheet.")
    private @Nullable Path used;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    GrantRevokeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (used != null) {
            Inputs.requireNew(used, force);
        }
        var desk = session.get(RevokeDesk.class);
        var before = desk.summary(id);
        RevokeView.before(before, session);
        if (session.get(Archives.class).isAny(before.campaign().id())) {
            session.say("app.revoke.archived", before.campaign().name());
        }
        if (dryRun) {
            session.answer(json(desk));
            return ExitCode.DONE;
        }
        var state = before.grant().state();
        if (!yes && TO_DECIDE.contains(state)) {
            throw RefusedException.of("app.revoke.final", Long.toString(id));
        }
        var outcome = new Work(session).outcome(progress -> desk.revoke(id, session.actor(), progress));
        return answer(desk, outcome);
    }

    private int answer(RevokeDesk desk, RunOutcome outcome) {
        var code = Work.exitCode(outcome);
        var why = outcome.why();
        var words = why == null
                ? session.text("app.run.no-reason")
                : session.texts().of(why);
        var again = session.command("grant revoke " + id);
        var number = Long.toString(id);
        var json = json(desk).withId("runId", outcome.run());
        if (outcome.state() == RunState.DONE && outcome.run() == 0) {
            session.say("app.revoke.cleaned", number);
        } else if (outcome.state() == RunState.DONE) {
            RevokeView.after(desk.summary(id), session);
        } else {
            session.note(
                    outcome.state() == RunState.STOPPED ? "app.revoke.stopped" : "app.revoke.failed",
                    number,
                    again,
                    words,
                    session.log());
            json.with("error", Json.of("code", Work.errorCode(outcome)).with("message", words));
        }
        session.answer(json);
        return code;
    }

    private Json json(RevokeDesk desk) {
        var json = RevokeView.json(desk.summary(id));
        if (used != null) {
            var target = used.toAbsolutePath();
            var lines = desk.spent(id, target, session.texts().locale());
            session.say("app.revoke.used", lines, target);
            json.with("used", target.toString());
        }
        return json;
    }
}
