package io.largesse.app.cli;

import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Runs;
import io.largesse.jobs.JobDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code job stop}. */
@Command(
        name = "stop",
        description = "Stop a run after its current chunk, and wait until it has stopped.",
        footer = {"", "Examples:", "  largesse job stop 12", "", "Next: largesse job restart 12"})
final class JobStopCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long id;

    @Option(names = "--no-wait", description = "Only ask it to stop.")
    private boolean noWait;

    JobStopCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var runs = session.get(Runs.class);
        var number = Long.toString(id);
        if (!session.get(JobDesk.class).stop(id, session.actor())) {
            throw RefusedException.of(
                    "app.run.not-running", number, runs.find(id).state());
        }
        session.say("app.run.stopping", number);
        if (!noWait && !Following.awaitEnd(runs, id)) {
            throw RefusedException.of("app.grant.dead", session.command("job restart " + id));
        }
        var state = runs.find(id).state();
        session.say("app.run.now", number, state);
        session.answer(Json.of("runId", number).with("state", state));
        return ExitCode.DONE;
    }
}
