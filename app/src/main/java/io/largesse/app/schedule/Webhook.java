package io.largesse.app.schedule;

import io.largesse.app.node.Repeating;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what failed to a URL until it answers with 2xx, for a day. The header {@code Largesse-Signature} is {@code
 * t=SECONDS,v1=HEX}, an HMAC-SHA256 over the seconds since 1970, a dot and the body; {@code Largesse-Delivery} names what is
 * told, for receivers that got it twice.
 */
final class Webhook extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Notices notices;
    private final URI url;
    private final byte[] secret;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER) // what is signed is for nobody else
            .build();

    Webhook(Notices notices, URI url, byte[] secret, Clock clock) {
        super("webhook", LOOK);
        this.notices = notices;
        this.url = url;
        this.secret = secret.clone();
        this.clock = clock;
    }

    @Override
    protected boolean round() throws IOException, InterruptedException, GeneralSecurityException {
        var notice = notices.next();
        if (notice == null) {
            return false;
        }
        var body = notice.body().toString();
        var seconds = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Largesse-Delivery", notice.delivery())
                .header("Largesse-Signature", "t=" + seconds + ",v1=" + signature(seconds, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var status = status(request);
        if (status / 100 == 2) {
            notice.heard().run();
        } else {
            LOG.warn("the webhook answered {} to {}; it is told again later", status, notice.body());
        }
        return true;
    }

    /** Also of one that begins to answer and does not end. */
    private int status(HttpRequest request) throws IOException, InterruptedException {
        var answer = http.sendAsync(request, BodyHandlers.discarding());
        try {
            return answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).statusCode();
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            throw new IOException("the webhook does not answer", e);
        }
    }

    private String signature(long seconds, String body) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
    }
}
