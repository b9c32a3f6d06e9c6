package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.jobs.GrantRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code grant start}. */
@Command(
        name = "start",
        description = "Grant coupons to everybody on a list, or only check what that would do.",
        footer = {
            "",
            "Examples:",
            "  largesse grant start summer users.xlsx --dry-run     read and check; nothing is issued",
            "  largesse grant start --checked 1                     issue exactly what was checked",
            "  largesse grant start summer users.csv --generate     all at once, with missing codes made",
            "  largesse grant start summer a.xlsx b.xlsx --column \"Member ID\" --quantity 2",
            "",
            "Ctrl-C stops after the current chunk; nobody gets a coupon twice when it is restarted.",
            "Next: largesse grant show 1, largesse grant report 1 --to rejects.xlsx"
        })
final class GrantStartCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "CAMPAIGN", description = "The campaign.")
    private @Nullable String campaign;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "FILE",
            description = "User lists: xlsx, xls, csv. Several make one grant.")
    private List<Path> files = List.of();

    @Option(names = "--checked", paramLabel = "GRANT", description = "Issue what a dry run has checked.")
    private @Nullable Long checked;

    @Option(
            names = "--quantity",
            paramLabel = "N",
            defaultValue = "1",
            description = "Coupons for each user (default: ${DEFAULT-VALUE}).")
    private int quantity;

    @Option(names = "--sheet", paramLabel = "NAME", description = "The sheet to read; may be repeated.")
    private List<String> sheets = List.of();

    @Option(names = "--column", paramLabel = "NAME", description = "The column of user ids: header, letter or number.")
    private @Nullable String column;

    @Option(names = "--dry-run", description = "Check only; the grant then waits as CHECKED.")
    private boolean dryRun;

    @Option(names = "--generate", description = "Generate missing codes, within the campaign's stock.")
    private boolean generate;

    @Option(names = "--skip-holders", description = "Leave out users who hold a coupon of the campaign.")
    private boolean skipHolders;

    @Option(
            names = "--max-rejects",
            paramLabel = "P",
            defaultValue = "10",
            description = "Per cent of rejected rows above which the file is refused (default: ${DEFAULT-VALUE}).")
    @SuppressWarnings("NullAway.Init")
    private BigDecimal maxRejects;

    @Option(names = "--again", description = "Grant a list once more that was granted before.")
    private boolean again;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    GrantStartCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (checked != null) {
            refuseBesideChecked();
            return new Granting(session).issue(checked);
        }
        if (campaign == null || files.isEmpty()) {
            var missing = campaign == null ? "CAMPAIGN FILE" : "FILE";
            throw new ParameterException(spec.commandLine(), session.text("app.usage.missing", missing));
        }
        var rejects = basisPoints();
        Inputs.requireReadable(files);
        var request = new GrantRequest(
                session.get(Campaigns.class).byName(campaign),
                files,
                quantity,
                sheets,
                column,
                generate,
                skipHolders,
                rejects,
                again,
                dryRun);
        return new Granting(session).start(request, dryRun);
    }

    /** What was checked is what will run. */
    private void refuseBesideChecked() {
        var given = spec.commandLine().getParseResult().matchedOptions().stream()
                .anyMatch(o -> !o.longestName().equals("--checked") && !o.inherited());
        if (given || campaign != null || !files.isEmpty()) {
            throw new ParameterException(spec.commandLine(), session.text("app.grant.checked-alone"));
        }
    }

    private int basisPoints() {
        var points = maxRejects.movePointRight(2).setScale(0, RoundingMode.HALF_UP);
        if (points.signum() < 0 || points.compareTo(BigDecimal.valueOf(10_000)) > 0) {
            throw new ParameterException(spec.commandLine(), session.text("app.grant.max-rejects"));
        }
        return points.intValueExact();
    }
}
