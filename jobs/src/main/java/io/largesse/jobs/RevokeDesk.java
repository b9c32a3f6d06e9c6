package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.stereotype.Component;

/** What operators ask when they take a grant back. It works in the calling thread. */
@Component
public class RevokeDesk {

    static final String JOB = "revoke-grant";

    private final Job revokeGrant;
    private final JobRunner runner;
    private final GrantRuns grantRuns;
    private final Runs runs;
    private final Grants grants;
    private final Revocations revocations;
    private final RevokeFigures figures;
    private final SpentReports reports;
    private final Leftovers leftovers;
    private final AuditTrail audit;

    RevokeDesk(
            Job revokeGrant,
            JobRunner runner,
            GrantRuns grantRuns,
            Runs runs,
            Grants grants,
            Revocations revocations,
            RevokeFigures figures,
            SpentReports reports,
            Leftovers leftovers,
            AuditTrail audit) {
        this.revokeGrant = revokeGrant;
        this.runner = runner;
        this.grantRuns = grantRuns;
        this.runs = runs;
        this.grants = grants;
        this.revocations = revocations;
        this.figures = figures;
        this.reports = reports;
        this.leftovers = leftovers;
        this.audit = audit;
    }

    /** What taking the grant back would do, or has done. Changes nothing. */
    public RevokeSummary summary(long grant) {
        return figures.of(grants.find(grant).requireList());
    }

    /** Writes the coupons that cannot be taken back, or were not, to a spreadsheet; answers how many they are. */
    public long spent(long grant, Path to, Locale locale) {
        try {
            return reports.write(summary(grant), to, locale);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Takes a grant back, or goes on with it: unspent coupons become REVOKED, codes that were not issued go back. Refused
     * while it runs, and if there is nothing to take back.
     */
    public RunOutcome revoke(long id, Actor by, Consumer<RunProgress> progress) {
        var grant = grants.find(id).requireList();
        switch (grant.state()) {
            case CHECKED, APPROVED -> throw RefusedException.of("jobs.revoke.nothing", id, grant.state());
            case REFUSED, REVOKED -> {
                return clean(grant);
            }
            case REVOKING -> audit.record(by, "grant.revoke-on", grant.subject(), null, null);
            default -> {
                grantRuns.endDead(grant, progress);
                revocations.begin(grant, by);
            }
        }
        var parameters = new JobParametersBuilder().addLong(Steps.GRANT, id).toJobParameters();
        var outcome = runner.run(
                revokeGrant, hold(grant, by, progress), parameters, progress, ended -> settle(grant, ended, by));
        if (outcome.state() == RunState.DONE) {
            leftovers.files(grant);
        }
        return outcome;
    }

    /** What a grant that is over has left behind; nothing while it may go on. */
    public Leftover left(long id) {
        var grant = grants.find(id);
        return switch (grant.state()) {
            case REFUSED, REVOKED -> leftovers.of(grant);
            default -> new Leftover(0, false, List.of());
        };
    }

    /** A grant that is over has nothing to take back; but what it left behind, if it could not be cleaned then, goes now. */
    private RunOutcome clean(Grant grant) {
        if (!leftovers.of(grant).isNothing()) {
            leftovers.clean(grant);
            return new RunOutcome(0, RunState.DONE, null);
        }
        throw grant.state() == GrantState.REVOKED
                ? RefusedException.of("jobs.revoke.over", grant.id())
                : RefusedException.of("jobs.revoke.nothing", grant.id(), grant.state());
    }

    /** A grant is taken back by one run, however often that is taken over. */
    private RunHold hold(Grant grant, Actor by, Consumer<RunProgress> progress) {
        var last = runs.last(JOB, grant.subject());
        return last == null
                ? runner.start(RunSpec.beside(JOB, grant.subject(), "grant=" + grant.id(), grant.campaignId()), by)
                : runner.takeOver(last, progress);
    }

    /** If it stopped or failed the grant stays as it is: half taken back, and only to be taken back further. */
    private void settle(Grant grant, RunOutcome outcome, Actor by) {
        if (outcome.state() == RunState.DONE) {
            revocations.end(grant, by);
        }
    }
}
