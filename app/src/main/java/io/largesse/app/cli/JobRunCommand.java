package io.largesse.app.cli;

import io.largesse.jobs.JobDesk;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code job run}. */
@Command(
        name = "run",
        description = "Run a job by its name, here and now.",
        footer = {
            "",
            "Examples:",
            "  largesse job run generate-codes campaign=summer count=100000",
            "  largesse job run take-inbox campaign=summer",
            "",
            "Ctrl-C stops it after the current chunk. Next: largesse job list"
        })
final class JobRunCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "The job; largesse job list names them.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Parameters(index = "1..*", paramLabel = "key=value", description = "Its parameters.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    JobRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var desk = session.get(JobDesk.class);
        return new Work(session).run(progress -> desk.run(name, parameters, session.actor(), progress));
    }
}
