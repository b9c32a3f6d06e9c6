package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
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
            AuditTrail audit) {
        this.revokeGrant = revokeGrant;
        this.runner = runner;
        this.grantRuns = grantRuns;
        this.runs = runs;
        this.grants = grants;
        this.revocations = revocations;
        this.figures = figures;
        this.reports = reports;
        this.audit = audit;
    }

    /** What taking the grant back would do, or has done. Changes nothing. */
    public RevokeSummary summary(long grant) {
        return figures.of(grants.find(grant));
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
        var grant = grants.find(id);
        switch (grant.state()) {
            case REVOKED -> throw RefusedException.of("jobs.revoke.over", id);
            case CHECKED, APPROVED, REFUSED -> throw RefusedException.of("jobs.revoke.nothing", id, grant.state());
            case REVOKING -> audit.record(by, "grant.revoke-on", grant.subject(), null, null);
            default -> {
                grantRuns.endDead(grant, progress);
                revocations.begin(grant, by);
            }
        }
        var parameters = new JobParametersBuilder().addLong(Steps.GRANT, id).toJobParameters();
        return runner.run(
                revokeGrant, hold(grant, by, progress), parameters, progress, outcome -> settle(grant, outcome, by));
    }

    /** A grant is taken back by one run, however often that is taken over. */
    private RunHold hold(Grant grant, Actor by, Consumer<RunProgress> progress) {
        var last = runs.last(JOB, grant.subject());
        return last == null
                ? runner.start(revokeGrant, grant.subject(), "grant=" + grant.id(), by)
                : runner.takeOver(last, progress);
    }

    /** If it stopped or failed the grant stays as it is: half taken back, and only to be taken back further. */
    private void settle(Grant grant, RunOutcome outcome, Actor by) {
        if (outcome.state() == RunState.DONE) {
            revocations.end(grant, by);
        }
    }
}
