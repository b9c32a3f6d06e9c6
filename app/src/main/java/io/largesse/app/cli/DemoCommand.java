package io.largesse.app.cli;

import io.largesse.app.demo.DemoList;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}. */
@Command(
        name = "demo",
        description = "Tell the whole story on a sample: a campaign, its codes, a spreadsheet of users, their coupons.",
        footer = {
            "",
            "Examples:",
            "  largesse demo",
            "  largesse demo --users 1000000          as a benchmark: the time of each phase is shown",
            "",
            "PostgreSQL, Redis and an object store are started in the home; nothing has to be installed.",
            "Each demo makes a campaign of its own. Next: the commands that it shows at its end"
        })
final class DemoCommand implements Callable<Integer> {

    private final Session session;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many users get a coupon, 100 to 1,000,000 (default: ${DEFAULT-VALUE}).")
    private int users;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (users < DemoList.FEWEST || users > DemoList.MOST) {
            throw new ParameterException(
                    spec.commandLine(), session.text("app.demo.users", DemoList.FEWEST, DemoList.MOST));
        }
        return new Demo(session, new DemoList(users)).run();
    }
}
