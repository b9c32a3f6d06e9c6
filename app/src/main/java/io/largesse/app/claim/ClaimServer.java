package io.largesse.app.claim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.MediaType;

/** Lets claims be answered before the servlets are asked, and by the thread that reads them. */
final class ClaimServer implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private final ClaimHandler claims;
    private final Tokens tokens;

    ClaimServer(ClaimHandler claims, Tokens tokens) {
        this.claims = claims;
        this.tokens = tokens;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(this::customize);
    }

    private void customize(Server server) {
        server.setHandler(new ClaimsFirst(claims, tokens, server.getHandler()));
        server.setErrorHandler(ClaimServer::error);
        for (var connector : server.getConnectors()) {
            var configuration =
                    connector.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
            configuration.setSendServerVersion(false);
            // each request brings another token: remembering headers took more time than reading them
            configuration.setHeaderCacheSize(0);
        }
    }

    /** What the server itself refuses, since it is no request: not a word of how it found out. */
    private static boolean error(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        var title = HttpStatus.getMessage(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        var body = "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + "}";
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.US_ASCII)), callback);
        return true;
    }

    /** Tells the server that it never blocks, and takes what may to another thread. */
    private static final class ClaimsFirst extends Handler.Wrapper {

        private final ClaimHandler claims;
        private final Tokens tokens;

        private ClaimsFirst(ClaimHandler claims, Tokens tokens, Handler others) {
            super(others);
            this.claims = claims;
            this.tokens = tokens;
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!Request.getPathInContext(request).startsWith(ClaimHandler.PATH)) {
                later(getHandler(), request, response, callback);
            } else if (tokens.mayWait(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
                later(claims, request, response, callback);
            } else {
                return claims.handle(request, response, callback);
            }
            return true;
        }

        private static void later(Handler handler, Request request, Response response, Callback callback) {
            request.getComponents().getExecutor().execute(() -> {
                try {
                    if (!handler.handle(request, response, callback)) {
                        Response.writeError(request, response, callback, 404);
                    }
                } catch (Throwable e) { // nobody else would answer
                    Response.writeError(request, response, callback, e);
                }
            });
        }
    }
}
