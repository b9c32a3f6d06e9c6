package io.largesse.app.claim;

import io.largesse.coupons.Message;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Why a request got nothing: a type that programs know, words for people (RFC 9457).
 *
 * @param retryAfter when the same request may succeed; null if that would not help
 */
record Problem(Type type, Message detail, @Nullable Duration retryAfter) {

    enum Type {
        UNAUTHENTICATED(HttpStatus.UNAUTHORIZED, "app.problem.unauthenticated"),
        FORBIDDEN(HttpStatus.FORBIDDEN, "app.problem.forbidden"),
        NOT_FOUND(HttpStatus.NOT_FOUND, "app.problem.not-found"),
        INVALID_REQUEST(HttpStatus.BAD_REQUEST, "app.problem.invalid-request"),
        CAMPAIGN_NOT_FOUND(HttpStatus.NOT_FOUND, "app.problem.campaign-not-found"),
        CAMPAIGN_NOT_OPEN(HttpStatus.FORBIDDEN, "app.problem.campaign-not-open"),
        CAMPAIGN_OVER(HttpStatus.FORBIDDEN, "app.problem.campaign-over"),
        CAMPAIGN_PAUSED(HttpStatus.FORBIDDEN, "app.problem.campaign-paused"),
        NOT_FOR_THIS_USER(HttpStatus.FORBIDDEN, "app.problem.not-for-this-user"),
        LIMIT_REACHED(HttpStatus.CONFLICT, "app.problem.limit-reached"),
        SOLD_OUT(HttpStatus.CONFLICT, "app.problem.sold-out"),
        TOO_MANY_REQUESTS(HttpStatus.TOO_MANY_REQUESTS, "app.problem.too-many-requests"),
        UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "app.problem.unavailable"),
        INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "app.problem.internal");

        final HttpStatus status;
        final String title;

        Type(HttpStatus status, String title) {
            this.status = status;
            this.title = title;
        }

        /** {@code sold-out}; as a URI, {@code urn:largesse:problem:sold-out}. */
        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    static Problem of(Type type, String code, Object... arguments) {
        return new Problem(type, Message.of(code, arguments), null);
    }

    Problem retryAfter(Duration pause) {
        return new Problem(type, detail, pause);
    }
}
