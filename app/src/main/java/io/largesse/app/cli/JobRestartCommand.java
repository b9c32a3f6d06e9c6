package io.largesse.app.cli;

import io.largesse.jobs.JobDesk;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job restart}. */
@Command(
        name = "restart",
        description = "Go on with a run that was stopped, has failed, or lost its process; from where it was.",
        footer = {"", "Examples:", "  largesse job restart 12", "", "Next: largesse job list"})
final class JobRestartCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "RUN", description = "The run's number.")
    private long id;

    JobRestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(JobDesk.class);
        return new Work(session).run(progress -> desk.restart(id, session.actor(), progress));
    }
}
