package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.app.claim.Problem.Type;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.ClaimAnswer.Refused;
import io.largesse.pools.ClaimAnswer.TooFast;
import io.largesse.pools.ClaimAnswer.Unavailable;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import io.largesse.pools.ClaimRefusal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What a claim came to: a coupon or a problem.
 *
 * @param word for the metrics
 */
record ClaimOutcome(
        String word,
        HttpStatus status,
        @Nullable ClaimedCoupon coupon,
        @Nullable Problem problem) {

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    static ClaimOutcome of(Posted posted, ClaimAnswer answer) {
        if (answer instanceof Claimed claimed) {
            var coupon = ClaimedCoupon.of(posted, claimed);
            return claimed.repeated()
                    ? new ClaimOutcome("repeated", HttpStatus.OK, coupon, null)
                    : new ClaimOutcome("claimed", HttpStatus.CREATED, coupon, null);
        }
        if (answer instanceof TooFast slow) {
            return refused(Problem.of(Type.TOO_MANY_REQUESTS, "app.problem.too-fast", slow.seconds())
                    .retryAfter(Duration.ofSeconds(slow.seconds())));
        }
        return answer instanceof Refused refused
                ? refused(problem(posted, refused.why()))
                : unavailable(((Unavailable) answer).reason());
    }

    private static Problem problem(Posted posted, ClaimRefusal why) {
        var campaign = posted.campaign();
        return switch (why) {
            case NOT_OPEN ->
                Problem.of(
                        Type.CAMPAIGN_NOT_OPEN,
                        "app.problem.not-open",
                        campaign.opensAt().atZone(campaign.zone()));
            case OVER, ENDED ->
                Problem.of(
                        Type.CAMPAIGN_OVER,
                        "app.problem.over",
                        campaign.closesAt().atZone(campaign.zone()));
            case PAUSED -> Problem.of(Type.CAMPAIGN_PAUSED, "app.problem.paused");
            case LIMIT -> Problem.of(Type.LIMIT_REACHED, "app.problem.limit", campaign.claimLimit());
            case SOLD_OUT -> Problem.of(Type.SOLD_OUT, "app.problem.none-left");
            case TOO_FAST -> throw new IllegalArgumentException("who asks too often is told when to come back");
        };
    }

    static ClaimOutcome unavailable(Reason reason) {
        return refused(Problem.of(Type.UNAVAILABLE, "app.problem.busy")
                .retryAfter(reason == Reason.MOVING || reason == Reason.NO_ANSWER ? SOON : LATER));
    }

    static ClaimOutcome refused(Problem problem) {
        return new ClaimOutcome(problem.type().word(), problem.type().status, null, problem);
    }
}
