package io.largesse.jobs;

import io.largesse.coupons.CouponCount;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Revocations;
import io.largesse.coupons.Runs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.stereotype.Component;

/** What the taking back of a grant does before and after its coupons. */
@Component
class GrantRevoke {

    private final Grants grants;
    private final Revocations revocations;
    private final CodeReturn codes;
    private final Lists lists;
    private final Runs runs;
    private final LiveRuns live;

    GrantRevoke(Grants grants, Revocations revocations, CodeReturn codes, Lists lists, Runs runs, LiveRuns live) {
        this.grants = grants;
        this.revocations = revocations;
        this.codes = codes;
        this.lists = lists;
        this.runs = runs;
        this.live = live;
    }

    @Nullable
    RepeatStatus count(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var counts = revocations.counts(grants.find(Steps.grantOf(step)));
        var revoked = coupons(counts, "REVOKED");
        live.of(Steps.runOf(step)).begin("revoke", revoked, revoked + coupons(counts, "ISSUED"));
        return RepeatStatus.FINISHED;
    }

    @Nullable
    RepeatStatus returnCodes(StepContribution contribution, ChunkContext context) {
        var step = contribution.getStepExecution();
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        live.of(Steps.runOf(step)).begin("return", 0, 0);
        try {
            codes.all(grants.find(Steps.grantOf(step)), () -> {
                if (runs.fence(hold)) {
                    throw new StopRequestedException();
                }
            });
        } catch (StopRequestedException e) {
            step.setTerminateOnly();
        }
        return RepeatStatus.FINISHED;
    }

    /** Nothing that could be taken back may be left, nor a code that the grant holds. */
    void finish(StepExecution step) {
        var grant = grants.find(Steps.grantOf(step));
        var counts = revocations.counts(grant);
        if (coupons(counts, "ISSUED") > 0) {
            revocations.revokeRest(grant);
            counts = revocations.counts(grant);
        }
        var left = coupons(counts, "ISSUED") + revocations.onTheirWayBack(grant.id());
        if (left > 0) {
            throw new IllegalStateException("grant " + grant.id() + ": " + left
                    + " coupons or codes are yet to be taken back; revoke it again");
        }
        lists.dropStaging(grant.id());
    }

    private static long coupons(List<CouponCount> counts, String status) {
        return counts.stream()
                .filter(count -> count.status().equals(status))
                .mapToLong(CouponCount::coupons)
                .sum();
    }
}
