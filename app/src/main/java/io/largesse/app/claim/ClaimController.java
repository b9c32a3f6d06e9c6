package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.app.claim.Problem.Type;
import io.largesse.coupons.UserId;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.ClaimAnswer.Refused;
import io.largesse.pools.ClaimAnswer.TooFast;
import io.largesse.pools.ClaimAnswer.Unavailable;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import io.largesse.pools.PoolsUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** One user asks for one coupon, now. */
@RestController
class ClaimController {

    /** Visible ASCII: it goes into a line of text. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final ClaimDesk desk;
    private final ClaimMetrics metrics;
    private final Duration patience;

    ClaimController(ClaimDesk desk, ClaimMetrics metrics, ClaimSettings settings) {
        this.desk = desk;
        this.metrics = metrics;
        this.patience = settings.timeout().multipliedBy(3);
    }

    /** @param user for whom a program claims; a user's own token says it itself */
    record ClaimBody(@Nullable String user) {}

    @PostMapping("/api/v1/campaigns/{campaign}/claims")
    ResponseEntity<?> claim(
            @PathVariable String campaign,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody(required = false) @Nullable ClaimBody body,
            Authentication who,
            HttpServletRequest request)
            throws InterruptedException {
        var began = System.nanoTime();
        var posted = desk.campaign(campaign);
        var outcome = outcome(posted, campaign, key, user(who, body));
        metrics.claimed(posted == null ? null : posted.campaign().name(), outcome.word, System.nanoTime() - began);
        return outcome.problem == null
                ? ResponseEntity.status(outcome.status).body(outcome.coupon)
                : Problems.answer(outcome.problem, Problems.locale(request));
    }

    private static @Nullable String user(Authentication who, @Nullable ClaimBody body) {
        var named = body == null ? null : body.user();
        if (who instanceof JwtAuthenticationToken) {
            return named == null || UserId.canonical(named).equals(who.getName()) ? who.getName() : null;
        }
        return named == null ? null : UserId.parse(named);
    }

    private Outcome outcome(@Nullable Posted posted, String name, @Nullable String key, @Nullable String user)
            throws InterruptedException {
        if (user == null) {
            return refused(Problem.of(Type.INVALID_REQUEST, "app.problem.user"));
        }
        if (key != null && !KEY.matcher(key).matches()) {
            return refused(Problem.of(Type.INVALID_REQUEST, "app.problem.key"));
        }
        if (posted == null) {
            return refused(Problem.of(Type.CAMPAIGN_NOT_FOUND, "app.problem.campaign", name));
        }
        if (!ClaimDesk.isFor(posted, user)) {
            return refused(Problem.of(Type.NOT_FOR_THIS_USER, "app.problem.not-for-you"));
        }
        return answered(posted, ask(posted, user, key));
    }

    private ClaimAnswer ask(Posted posted, String user, @Nullable String key) throws InterruptedException {
        try {
            return desk.claim(posted, user, key).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PoolsUnavailableException) {
                return new Unavailable(Reason.NO_ANSWER);
            }
            throw new IllegalStateException("claim", e);
        } catch (TimeoutException e) {
            return new Unavailable(Reason.NO_ANSWER);
        }
    }

    private static Outcome answered(Posted posted, ClaimAnswer answer) {
        var campaign = posted.campaign();
        if (answer instanceof Claimed claimed) {
            var coupon = ClaimedCoupon.of(posted, claimed);
            return new Outcome(
                    claimed.repeated() ? "repeated" : "claimed",
                    claimed.repeated() ? HttpStatus.OK : HttpStatus.CREATED,
                    coupon,
                    null);
        }
        if (answer instanceof TooFast slow) {
            return refused(Problem.of(Type.TOO_MANY_REQUESTS, "app.problem.too-fast", slow.seconds())
                    .retryAfter(Duration.ofSeconds(slow.seconds())));
        }
        if (answer instanceof Refused refused) {
            return refused(
                    switch (refused.why()) {
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
                    });
        }
        var reason = ((Unavailable) answer).reason();
        return refused(Problem.of(Type.UNAVAILABLE, "app.problem.busy")
                .retryAfter(reason == Reason.MOVING || reason == Reason.NO_ANSWER ? SOON : LATER));
    }

    private static Outcome refused(Problem problem) {
        return new Outcome(problem.type().word(), problem.type().status, null, problem);
    }

    private record Outcome(
            String word,
            HttpStatus status,
            @Nullable ClaimedCoupon coupon,
            @Nullable Problem problem) {}
}
