package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Run;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** {@code grant-coupons}. */
@Component
final class NamedGrant implements NamedJob {

    private static final String GRANT = "grant";

    private final GrantDesk grants;

    NamedGrant(GrantDesk grants) {
        this.grants = grants;
    }

    @Override
    public JobDescription description() {
        return new JobDescription(
                "grant-coupons",
                "gives each user of a list coupons; with grant=, what a dry run has checked",
                List.of("[campaign]", "[file]", "[quantity]", "[column]", "[grant]"));
    }

    @Override
    public RunOutcome run(JobWords words, Actor by, Consumer<RunProgress> progress) {
        if (words.get("grant") != null) {
            return grants.issue(words.number("grant"), by, progress);
        }
        var grant = grants.receive(request(words), by);
        var outcome = grants.check(grant.id(), by, progress);
        return outcome.state() == RunState.DONE ? grants.issue(grant.id(), by, progress) : outcome;
    }

    private static GrantRequest request(JobWords words) {
        var quantity = words.get("quantity") == null ? 1 : words.number("quantity");
        return new GrantRequest(
                words.campaign(),
                Arrays.stream(words.required("file").split(",")).map(Path::of).toList(),
                (int) Math.max(0, Math.min(Integer.MAX_VALUE, quantity)),
                List.of(),
                words.get("column"),
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                false);
    }

    @Override
    public RunOutcome restart(Run run, Actor by, Consumer<RunProgress> progress) {
        return grants.restart(grantOf(run), by, progress);
    }

    /** Whose grant a run works on, as it keeps its parameters. */
    static long grantOf(Run run) {
        return JobWords.number(GRANT, run.parameters().replace(GRANT + "=", ""));
    }

    /** Whether a run works on a grant: it is stopped, and gone on with, together with that. */
    static boolean isOfGrant(Run run) {
        return run.parameters().startsWith(GRANT + "=");
    }
}
