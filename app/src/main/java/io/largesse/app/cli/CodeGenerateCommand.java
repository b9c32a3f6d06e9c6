package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.jobs.CodeDesk;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code code generate}. */
@Command(
        name = "generate",
        description = "Generate codes of a campaign into its pool, within its stock.",
        footer = {
            "",
            "Examples:",
            "  largesse code generate summer --count 100000",
            "  largesse code generate summer --to-level 500000    only what is missing in the pool",
            "",
            "Next: largesse pool show summer, largesse grant start summer users.xlsx --dry-run"
        })
final class CodeGenerateCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CAMPAIGN", description = "The campaign.")
    @SuppressWarnings("NullAway.Init")
    private String campaign;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Amount amount;

    CodeGenerateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var of = session.get(Campaigns.class).byName(campaign);
        var desk = session.get(CodeDesk.class);
        var count = amount.count;
        var level = amount.level;
        return new Work(session)
                .run(progress -> count != null
                        ? desk.generate(of, count, session.actor(), progress)
                        : desk.generateToLevel(of, level == null ? 0 : level, session.actor(), progress));
    }

    /** One of the two. */
    static final class Amount {

        @Option(names = "--count", paramLabel = "N", required = true, description = "How many codes to make.")
        private @Nullable Long count;

        @Option(
                names = "--to-level",
                paramLabel = "N",
                required = true,
                description = "How many codes the pool shall hold.")
        private @Nullable Long level;
    }
}
