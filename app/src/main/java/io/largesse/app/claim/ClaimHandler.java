package io.largesse.app.claim;

import io.largesse.app.claim.CampaignBoard.Posted;
import io.largesse.app.claim.Problem.Type;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.UserId;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import io.largesse.pools.PoolsUnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One user asks for one coupon, now: {@code POST /api/v1/campaigns/{campaign}/claims}. A handler of the web server itself
 * that holds no thread while it waits: a framework's way from the request to here and back takes longer than all the rest.
 */
final class ClaimHandler extends Handler.Abstract.NonBlocking {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimHandler.class);

    /** All below it is answered here. */
    static final String PATH = "/api/v1/campaigns/";

    private static final Pattern CLAIMS = Pattern.compile(PATH + "([^/]+)/claims");
    private static final int MOST_OF_A_BODY = 1_000;
    private static final Duration LONGEST_BODY = Duration.ofSeconds(5);

    /** Visible ASCII: it goes into a line of text. */
    private static final Pattern KEY = Pattern.compile("[!-~]{1,64}");

    private final Tokens tokens;
    private final ClaimDesk desk;
    private final ClaimMetrics metrics;
    private final Problems problems;
    private final JsonMapper json;
    private final Duration patience;

    ClaimHandler(
            Tokens tokens,
            ClaimDesk desk,
            ClaimMetrics metrics,
            Problems problems,
            JsonMapper json,
            ClaimSettings settings) {
        this.tokens = tokens;
        this.desk = desk;
        this.metrics = metrics;
        this.problems = problems;
        this.json = json;
        this.patience = settings.timeout().multipliedBy(3);
    }

    /** @param user for whom a program claims; a user's own token says it itself */
    record ClaimBody(@Nullable String user) {}

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var began = System.nanoTime();
        Authentication who;
        try {
            who = tokens.authenticate(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        } catch (AuthenticationException e) {
            problems.unauthenticated(request, response, callback, e);
            var type = e instanceof AuthenticationServiceException ? Type.UNAVAILABLE : Type.UNAUTHENTICATED;
            metrics.claimed(null, type.word(), System.nanoTime() - began);
            return true;
        }
        if (!Tokens.mayClaim(who)) {
            problems.write(Problem.of(Type.FORBIDDEN, "app.problem.not-yours"), request, response, callback);
            metrics.claimed(null, Type.FORBIDDEN.word(), System.nanoTime() - began);
            return true;
        }
        var claims = CLAIMS.matcher(Request.getPathInContext(request));
        if (!claims.matches() || !request.getMethod().equals("POST")) {
            problems.write(Problem.of(Type.NOT_FOUND, "app.problem.no-page"), request, response, callback);
            return true;
        }
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        var name = claims.group(1);
        var posted = desk.campaign(name);
        named(request)
                .thenCompose(named -> outcome(posted, name, key(request), user(who, named)))
                .exceptionally(failure -> failed(name, failure))
                .thenAccept(outcome -> {
                    answer(outcome, request, response, callback);
                    var nanos = System.nanoTime() - began;
                    metrics.claimed(posted == null ? null : posted.campaign().name(), outcome.word(), nanos);
                })
                .exceptionally(failure -> {
                    LOG.error("a claim of campaign {} could not be answered", name, failure);
                    callback.failed(failure);
                    return null;
                });
        return true;
    }

    private static @Nullable String key(Request request) {
        return request.getHeaders().get("Idempotency-Key");
    }

    /** Whom the body names; null if none. What is too long is not read: it may never come. */
    private CompletableFuture<@Nullable String> named(Request request) {
        var length = request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH);
        if (length > MOST_OF_A_BODY || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            return CompletableFuture.failedFuture(RefusedException.of("app.problem.body"));
        }
        if (length <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        var body = new BodyPromise();
        Content.Source.asByteArrayAsync(request, MOST_OF_A_BODY, body);
        return body.bytes
                .orTimeout(LONGEST_BODY.toMillis(), TimeUnit.MILLISECONDS)
                .handle((bytes, failure) -> {
                    if (bytes == null) { // too slow, or gone
                        throw RefusedException.of("app.problem.body");
                    }
                    var claim = json.readValue(bytes, ClaimBody.class);
                    return claim == null ? null : claim.user();
                });
    }

    private static final class BodyPromise implements Promise.Invocable<byte[]> {

        private final CompletableFuture<byte @Nullable []> bytes = new CompletableFuture<>();

        @Override
        public void succeeded(byte[] all) {
            bytes.complete(all);
        }

        @Override
        public void failed(Throwable failure) {
            bytes.completeExceptionally(failure);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    /** Its token's user, or whom a program claims for; null if that is not clear. */
    private static @Nullable String user(Authentication who, @Nullable String named) {
        if (Tokens.isService(who, "claims")) {
            return named == null ? null : UserId.parse(named);
        }
        var user = who.getName();
        return named == null || UserId.canonical(named).equals(user) ? user : null;
    }

    private CompletableFuture<ClaimOutcome> outcome(
            @Nullable Posted posted, String name, @Nullable String key, @Nullable String user) {
        if (user == null) {
            return refused(Problem.of(Type.INVALID_REQUEST, "app.problem.user"));
        }
        if (key != null && !KEY.matcher(key).matches()) {
            return refused(Problem.of(Type.INVALID_REQUEST, "app.problem.key"));
        }
        if (posted == null) {
            return refused(Problem.of(Type.CAMPAIGN_NOT_FOUND, "app.problem.campaign", name));
        }
        if (posted.campaign().claimLimit() == 0) {
            return refused(Problem.of(Type.CAMPAIGN_NOT_FOUND, "app.problem.no-claims", name));
        }
        if (!ClaimDesk.isFor(posted, user)) {
            return refused(Problem.of(Type.NOT_FOR_THIS_USER, "app.problem.not-for-you"));
        }
        return desk.claim(posted, user, key)
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(answer -> ClaimOutcome.of(posted, answer));
    }

    private static CompletableFuture<ClaimOutcome> refused(Problem problem) {
        return CompletableFuture.completedFuture(ClaimOutcome.refused(problem));
    }

    private static ClaimOutcome failed(String name, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof PoolsUnavailableException || cause instanceof TimeoutException) {
            return ClaimOutcome.unavailable(Reason.NO_ANSWER);
        }
        if (cause instanceof RefusedException refused) {
            return ClaimOutcome.refused(new Problem(Type.INVALID_REQUEST, refused.why(), null));
        }
        if (cause instanceof JacksonException) {
            return ClaimOutcome.refused(Problem.of(Type.INVALID_REQUEST, "app.problem.body"));
        }
        LOG.error("a claim of campaign {} failed", name, cause);
        return ClaimOutcome.refused(Problem.of(Type.INTERNAL, "app.problem.failed"));
    }

    private void answer(ClaimOutcome outcome, Request request, Response response, Callback callback) {
        if (outcome.problem() != null) {
            problems.write(outcome.problem(), request, response, callback);
            return;
        }
        response.setStatus(outcome.status().value());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(outcome.coupon())), callback);
    }
}
