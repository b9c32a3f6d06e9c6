package io.largesse.app.claim;

import io.largesse.app.claim.Problem.Type;
import io.largesse.app.claim.UserCouponsController.TooManyLooksException;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.RefusedException;
import io.largesse.pools.PoolsUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.databind.json.JsonMapper;

/** Problems as answers: problem+json in the language that was asked for, never a stack trace. */
@RestControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private static final String BEARER = "Bearer";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    static ProblemDetail detail(Problem problem, Locale locale) {
        var type = problem.type();
        var detail = ProblemDetail.forStatusAndDetail(type.status, Messages.text(problem.detail(), locale));
        detail.setType(URI.create("urn:largesse:problem:" + type.word()));
        detail.setTitle(Messages.text(Message.of(type.title), locale));
        return detail;
    }

    static ResponseEntity<ProblemDetail> answer(Problem problem, Locale locale) {
        var answer = ResponseEntity.status(problem.type().status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
        var pause = problem.retryAfter();
        if (pause != null) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(pause));
        }
        return answer.body(detail(problem, locale));
    }

    private static String seconds(Duration pause) {
        return Long.toString(Math.max(1, pause.toSeconds()));
    }

    /** English unless Chinese is preferred; there are no other words. */
    private static Locale locale(Locale preferred) {
        return Locale.CHINESE.getLanguage().equals(preferred.getLanguage()) ? Locale.CHINESE : Locale.ENGLISH;
    }

    private static Locale locale(HttpServletRequest request) {
        return locale(request.getLocale());
    }

    void unauthenticated(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (!isOurFault(e)) {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE,
                    Security.isDocumentation(request)
                            ? "Basic realm=\"Largesse (any name, a token as the password)\""
                            : BEARER);
        }
        write(problem(e), request, response);
    }

    void unauthenticated(Request request, Response response, Callback callback, AuthenticationException e) {
        if (!isOurFault(e)) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, BEARER);
        }
        write(problem(e), request, response, callback);
    }

    private static boolean isOurFault(AuthenticationException e) {
        return e instanceof AuthenticationServiceException;
    }

    private static Problem problem(AuthenticationException e) {
        return isOurFault(e)
                ? Problem.of(Type.UNAVAILABLE, "app.problem.away").retryAfter(SOON)
                : Problem.of(Type.UNAUTHENTICATED, "app.problem.token");
    }

    void forbidden(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        write(Problem.of(Type.FORBIDDEN, "app.problem.not-yours"), request, response);
    }

    private void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setStatus(problem.type().status.value());
        var pause = problem.retryAfter();
        if (pause != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds(pause));
        }
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(detail(problem, locale(request))));
    }

    void write(Problem problem, Request request, Response response, Callback callback) {
        response.setStatus(problem.type().status.value());
        var pause = problem.retryAfter();
        if (pause != null) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, seconds(pause));
        }
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        var locale = locale(Request.getLocales(request).get(0));
        response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(detail(problem, locale))), callback);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(RefusedException e, HttpServletRequest request) {
        return answer(new Problem(Type.INVALID_REQUEST, e.why(), null), locale(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> denied(AccessDeniedException e, HttpServletRequest request) {
        return answer(Problem.of(Type.FORBIDDEN, "app.problem.not-yours"), locale(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> tooMany(TooManyLooksException e, HttpServletRequest request) {
        var pause = Looks.MINUTE;
        return answer(
                Problem.of(Type.TOO_MANY_REQUESTS, "app.problem.too-fast", pause.toSeconds())
                        .retryAfter(pause),
                locale(request));
    }

    @ExceptionHandler({NoResourceFoundException.class, HttpRequestMethodNotSupportedException.class})
    ResponseEntity<ProblemDetail> nothingThere(Exception e, HttpServletRequest request) {
        return answer(Problem.of(Type.NOT_FOUND, "app.problem.no-page"), locale(request));
    }

    @ExceptionHandler({
        org.springframework.http.converter.HttpMessageNotReadableException.class,
        HttpMediaTypeNotSupportedException.class
    })
    ResponseEntity<ProblemDetail> unreadable(Exception e, HttpServletRequest request) {
        return answer(Problem.of(Type.INVALID_REQUEST, "app.problem.body"), locale(request));
    }

    @ExceptionHandler({PoolsUnavailableException.class, DataAccessException.class, TransactionException.class})
    ResponseEntity<ProblemDetail> away(Exception e, HttpServletRequest request) {
        LOG.warn("a request could not be answered: {}", e.toString());
        return answer(Problem.of(Type.UNAVAILABLE, "app.problem.away").retryAfter(SOON), locale(request));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unexpected(Exception e, HttpServletRequest request) {
        LOG.error("a request failed", e);
        return answer(Problem.of(Type.INTERNAL, "app.problem.failed"), locale(request));
    }
}
