package io.largesse.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code grant restart}. */
@Command(
        name = "restart",
        description = "Go on with a grant that was stopped, has failed, or lost its process; from where it was.",
        footer = {
            "",
            "Examples:",
            "  largesse grant restart 1",
            "",
            "Users who have their coupons already get none again.",
            "Next: largesse grant show 1"
        })
final class GrantRestartCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "GRANT", description = "The grant's number.")
    private long id;

    GrantRestartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return new Granting(session).restart(id);
    }
}
