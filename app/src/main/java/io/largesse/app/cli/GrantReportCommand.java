package io.largesse.app.cli;

import io.largesse.jobs.GrantDesk;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code grant report}. */
@Command(
        name = "report",
        description = "Fetch the rejected rows of a grant as a spreadsheet: the upload's columns, and why.",
        footer = {
            "",
            "Examples:",
            "  largesse grant report 1 --to rejects.xlsx",
            "",
            "Next: correct the rows and grant that file: largesse grant start CAMPAIGN rejects.xlsx"
        })
final class GrantReportCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "GRANT", description = "The grant's number.")
    private long id;

    @Option(names = "--to", paramLabel = "FILE", required = true, description = "Where to write it.")
    @SuppressWarnings("NullAway.Init")
    private Path to;

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    GrantReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Inputs.requireNew(to, force);
        var target = to.toAbsolutePath();
        session.get(GrantDesk.class).report(id, session.texts().locale(), target);
        session.say("app.grant.reported", target);
        session.answer(Json.of("grantId", Long.toString(id)).with("report", target.toString()));
        return ExitCode.DONE;
    }
}
