package io.largesse.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.largesse.app.Commands;
import io.largesse.coupons.Actor;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody who is told of runs that failed, and at first does not listen. */
class WebhookTest {

    private static final byte[] SECRET = "a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8);

    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    @Test
    void aRunThatFailedIsToldUntilItWasHeardAndOnce() throws Exception {
        var runs = Commands.bean(Runs.class);
        var sql = Commands.bean(JdbcTemplate.class);
        sql.update("UPDATE run SET told_at = now() WHERE state = 'FAILED'");
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::hear);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/failed");
        var webhook = new Webhook(runs, url, SECRET, Clock.systemUTC());
        var hold = runs.start(
                RunSpec.of("a-job", "for the webhook", ""), new Actor("operator", "test", "request"), "node:1:x");
        runs.end(hold, RunState.FAILED, "it broke: \"=1+1\"\nat midnight");
        assertThat(runs.nextUntold()).as("somebody may go on with it at once").isNull();
        sql.update("UPDATE run SET tell_after = now() WHERE id = ?", hold.run());
        try {
            webhook.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 1);
            sql.update("UPDATE run SET tell_after = now() WHERE id = ?", hold.run()); // the pause is over
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> sql.queryForObject("SELECT told_at FROM run WHERE id = ?", Object.class, hold.run())
                            != null);
            assertThat(runs.nextUntold()).isNull();
        } finally {
            webhook.stop();
            server.stop(0);
        }

        assertThat(heard).hasSize(2);
        for (var each : heard) {
            assertThat(each.delivery).isEqualTo(hold.run() + "-1");
            assertThat(each.signature).isEqualTo(expected(each));
            assertThat(each.body)
                    .contains(
                            "\"event\":\"run.failed\"",
                            "\"runId\":\"" + hold.run() + "\"",
                            "\\\"=1+1\\\"\\nat midnight");
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        heard.add(new Heard(
                exchange.getRequestHeaders().getFirst("Largesse-Delivery"),
                exchange.getRequestHeaders().getFirst("Largesse-Signature"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        exchange.sendResponseHeaders(heard.size() == 1 ? 503 : 204, -1);
        exchange.close();
    }

    private static String expected(Heard each) throws Exception {
        var seconds = each.signature.substring(2, each.signature.indexOf(','));
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        var digest = mac.doFinal((seconds + "." + each.body).getBytes(StandardCharsets.UTF_8));
        return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(digest);
    }

    private record Heard(String delivery, String signature, String body) {}
}
