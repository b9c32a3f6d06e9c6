package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.IssueParts;
import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** What the issuing of a grant does before and after the coupons. */
@Component
class GrantIssue {

    private static final Logger LOG = LoggerFactory.getLogger(GrantIssue.class);

    private final Grants grants;
    private final Campaigns campaigns;
    private final IssueParts parts;
    private final GrantCheck check;
    private final Allotter allotter;
    private final Allotments allotments;
    private final GrantReports reports;
    private final LiveRuns live;
    private final Clock clock;

    GrantIssue(
            Grants grants,
            Campaigns campaigns,
            IssueParts parts,
            GrantCheck check,
            Allotter allotter,
            Allotments allotments,
            GrantReports reports,
            LiveRuns live,
            Clock clock) {
        this.grants = grants;
        this.campaigns = campaigns;
        this.parts = parts;
        this.check = check;
        this.allotter = allotter;
        this.allotments = allotments;
        this.reports = reports;
        this.live = live;
        this.clock = clock;
    }

    @Nullable
    RepeatStatus allot(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var grant = grants.find(Steps.grantOf(step));
        var progress = live.of(Steps.runOf(step));
        if (grant.state() == GrantState.DONE) {
            return RepeatStatus.FINISHED; // only the report was left
        }
        if (!isIssuing(grant)) {
            step.setTerminateOnly(); // it may hold codes and have issued: not refused, but stopped
            return RepeatStatus.FINISHED;
        }
        check.requireStaged(grant);
        try {
            allotter.allot(grant, Fence.holdOf(step.getJobExecution().getJobParameters()), progress);
        } catch (StopRequestedException e) {
            step.setTerminateOnly();
            return RepeatStatus.FINISHED;
        }
        progress.begin("issue", parts.issued(grant.id()), grant.codesNeeded());
        return RepeatStatus.FINISHED;
    }

    private boolean isIssuing(Grant grant) {
        try {
            campaigns.byId(grant.campaignId()).requireIssuing(clock.instant());
            return true;
        } catch (RefusedException e) {
            LOG.warn("grant {} stops: {}", grant.id(), e.getMessage());
            return false;
        }
    }

    /** All partitions are done: all codes have become coupons. */
    void complete(StepExecution step) {
        var grant = grants.find(Steps.grantOf(step));
        if (grant.state() == GrantState.DONE) {
            return; // completed before a crash
        }
        var issued = parts.issued(grant.id());
        if (issued != grant.codesNeeded()) {
            throw new IllegalStateException("grant " + grant.id() + " has issued " + issued + " of "
                    + grant.codesNeeded() + " coupons although all its partitions ended; its codes are kept");
        }
        allotments.clear(grant.id());
        grants.issued(grant.id(), issued);
        if (!grants.move(grant.id(), GrantState.DONE)) {
            throw new IllegalStateException("grant " + grant.id() + " was not running any more");
        }
    }

    /** The coupons are out: a report that cannot be stored now stays pending, and the grant is done all the same. */
    @Nullable
    RepeatStatus report(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var grant = Steps.grantOf(step);
        live.of(Steps.runOf(step)).begin("report", 0, 0);
        try {
            reports.store(grant);
        } catch (IOException | RuntimeException e) {
            LOG.warn("the report of grant {} could not be stored; it is made when somebody asks for it", grant, e);
        }
        return RepeatStatus.FINISHED;
    }
}
