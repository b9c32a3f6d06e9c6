package io.largesse.app.schedule;

import io.largesse.app.cli.Json;
import io.largesse.app.node.Repeating;
import io.largesse.coupons.Run;
import io.largesse.coupons.Runs;
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
 * Posts runs that failed to a URL until it answers with 2xx, for a day. The header {@code Largesse-Signature} is {@code
 * t=SECONDS,v1=HEX}, an HMAC-SHA256 over the seconds since 1970, a dot and the body; {@code Largesse-Delivery} names the run and
 * its attempt, for receivers that got it twice.
 */
final class Webhook extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Runs runs;
    private final URI url;
    private final byte[] secret;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER) // what is signed is for nobody else
            .build();

    Webhook(Runs runs, URI url, byte[] secret, Clock clock) {
        super("webhook", LOOK);
        this.runs = runs;
        this.url = url;
        this.secret = secret.clone();
        this.clock = clock;
    }

    @Override
    protected boolean round() throws IOException, InterruptedException, GeneralSecurityException {
        var run = runs.nextUntold();
        if (run == null) {
            return false;
        }
        var body = body(run);
        var seconds = clock.instant().getEpochSecond();
        var request = HttpRequest.newBuilder(url)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Largesse-Delivery", run.id() + "-" + run.attempts())
                .header("Largesse-Signature", "t=" + seconds + ",v1=" + signature(seconds, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        var status = status(request);
        if (status / 100 == 2) {
            runs.told(run);
        } else {
            LOG.warn("the webhook answered {} to the failure of run {}; it is told again later", status, run.id());
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

    private static String body(Run run) {
        return Json.of("event", "run.failed")
                .with("runId", Long.toString(run.id()))
                .with("job", run.job())
                .with("subject", run.subject())
                .with("cause", run.cause())
                .with("attempts", run.attempts())
                .with("message", run.message())
                .with("startedAt", run.startedAt())
                .with("endedAt", run.endedAt())
                .toString();
    }

    private String signature(long seconds, String body) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
    }
}
