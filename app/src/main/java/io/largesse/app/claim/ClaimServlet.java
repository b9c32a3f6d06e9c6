package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.app.claim.Problem.Type;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.UserId;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.ClaimAnswer.Refused;
import io.largesse.pools.ClaimAnswer.TooFast;
import io.largesse.pools.ClaimAnswer.Unavailable;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import io.largesse.pools.PoolsUnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.context.SecurityContextHolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user asks for one coupon, now: {@code POST /api/v1/campaigns/{campaign}/claims}. A servlet, since a framework's
 * way from the request to here and back takes as long as all the rest. It waits for Redis in the request's own thread.
 */
final class ClaimServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    private static final Logger LOG = LoggerFactory.getLogger(ClaimServlet.class);

    /** What it answers at; the rest of the address is looked at here. */
    static final String PATH = "/api/v1/campaigns/*";

    private static final Pattern CLAIMS = Pattern.compile("/([^/]+)/claims");
    private static final int MOST_OF_A_BODY = 1_000;

    /** Visible ASCII: it goes into a line of text. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final transient ClaimDesk desk;
    private final transient ClaimMetrics metrics;
    private final transient Problems problems;
    private final transient JsonMapper json;
    private final transient Duration patience;

    ClaimServlet(ClaimDesk desk, ClaimMetrics metrics, Problems problems, JsonMapper json, ClaimSettings settings) {
        this.desk = desk;
        this.metrics = metrics;
        this.problems = problems;
        this.json = json;
        this.patience = settings.timeout().multipliedBy(3);
    }

    /** @param user for whom a program claims; a user's own token says it itself */
    record ClaimBody(@Nullable String user) {}

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var path = request.getPathInfo();
        var claims = path == null ? null : CLAIMS.matcher(path);
        if (claims == null || !claims.matches() || !request.getMethod().equals("POST")) {
            problems.write(Problem.of(Type.NOT_FOUND, "app.problem.no-page"), request, response);
            return;
        }
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var began = System.nanoTime();
        var posted = desk.campaign(claims.group(1));
        var outcome = outcome(posted, claims.group(1), request);
        if (outcome.problem == null) {
            response.setStatus(outcome.status.value());
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getOutputStream().write(json.writeValueAsBytes(outcome.coupon));
        } else {
            problems.write(outcome.problem, request, response);
        }
        metrics.claimed(posted == null ? null : posted.campaign().name(), outcome.word, System.nanoTime() - began);
    }

    private Outcome outcome(@Nullable Posted posted, String name, HttpServletRequest request) throws IOException {
        try {
            return outcome(posted, name, request.getHeader("Idempotency-Key"), user(request));
        } catch (RefusedException e) {
            return refused(new Problem(Type.INVALID_REQUEST, e.why(), null));
        } catch (JacksonException e) {
            return refused(Problem.of(Type.INVALID_REQUEST, "app.problem.body"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return answeredNot(Reason.NO_ANSWER);
        } catch (RuntimeException e) {
            LOG.error("a claim of campaign {} failed", name, e);
            return refused(Problem.of(Type.INTERNAL, "app.problem.failed"));
        }
    }

    /** Its token's user, or whom a program claims for; null if that is not clear. */
    private @Nullable String user(HttpServletRequest request) throws IOException {
        var who = SecurityContextHolder.getContext().getAuthentication();
        var named = named(request);
        if (Security.isService(who, "claims")) {
            return named == null ? null : UserId.parse(named);
        }
        var user = who == null ? null : who.getName();
        return user != null
                        && Security.isUser(who, user)
                        && (named == null || UserId.canonical(named).equals(user))
                ? user
                : null;
    }

    private @Nullable String named(HttpServletRequest request) throws IOException {
        var length = request.getContentLengthLong();
        if (length > MOST_OF_A_BODY || (length < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null)) {
            throw RefusedException.of("app.problem.body"); // unread: it may never come
        }
        var body = length > 0 ? json.readValue(request.getInputStream(), ClaimBody.class) : null;
        return body == null ? null : body.user();
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
        return answeredNot(((Unavailable) answer).reason());
    }

    private static Outcome answeredNot(Reason reason) {
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
