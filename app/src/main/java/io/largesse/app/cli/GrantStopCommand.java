package io.largesse.app.cli;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Runs;
import io.largesse.jobs.GrantDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant stop}. */
@Command(
        name = "stop",
        description = "Stop a running grant after its current chunk, and wait until it has stopped.",
        footer = {
            "",
            "Examples:",
            "  largesse grant stop 1",
            "  largesse grant stop 1 --no-wait",
            "",
            "What was issued stays issued. Next: largesse grant restart 1"
        })
final class GrantStopCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "GRANT", description = "The grant's number.")
    private long id;

    @Option(names = "--no-wait", description = "Only ask it to stop.")
    private boolean noWait;

    GrantStopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var desk = session.get(GrantDesk.class);
        var number = Long.toString(id);
        if (!desk.stop(id, session.actor())) {
            throw RefusedException.of(
                    "app.grant.not-running", number, desk.summary(id).grant().state());
        }
        session.say("app.grant.stopping", number);
        var state = "STOPPING";
        if (!noWait) {
            var runs = session.get(Runs.class);
            for (var run : runs.of(Grant.subject(id))) {
                if (!Following.awaitEnd(runs, run.id())) {
                    throw RefusedException.of("app.grant.dead", session.command("grant restart " + id));
                }
            }
            var grant = desk.summary(id).grant();
            state = grant.state().name();
            session.say("app.grant.now", number, state, grant.issued());
            var next = grant.state() == GrantState.REVOKING ? "grant revoke " : "grant restart ";
            session.say("app.grant.restart", session.command(next + id));
        }
        session.answer(Json.of("grantId", number).with("state", state));
        return ExitCode.DONE;
    }
}
