package io.largesse.app.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.largesse.app.Commands;
import io.largesse.coupons.Actor;
import io.largesse.coupons.FireState;
import io.largesse.coupons.Misfire;
import io.largesse.coupons.Overlap;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedule;
import io.largesse.coupons.ScheduleDraft;
import io.largesse.coupons.Schedules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Somebody who is told of runs that failed, and at first does not listen. */
class WebhookTest {

    private static final byte[] SECRET = "a secret of at least 32 characters".getBytes(StandardCharsets.UTF_8);

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final Actor OPERATOR = new Actor("operator", "test", "request");

    private final Runs runs = Commands.bean(Runs.class);
    private final Schedules schedules = Commands.bean(Schedules.class);
    private final JdbcTemplate sql = Commands.bean(JdbcTemplate.class);
    private final Notices notices = new Notices(runs, schedules);
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    @BeforeEach
    void nothingElseIsToBeTold() {
        sql.update("UPDATE run SET told_at = now()");
        sql.update("UPDATE schedule_fire SET told_at = now()");
    }

    @Test
    void aRunThatFailedIsToldUntilItWasHeardAndOnce() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::hear);
        server.start();
        var url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/failed");
        var webhook = new Webhook(notices, url, SECRET, Clock.systemUTC());
        var hold = runs.start(RunSpec.of("a-job", "for the webhook", ""), OPERATOR, "node:1:x");
        runs.end(hold, RunState.FAILED, "it broke: \"=1+1\"\nat midnight");
        assertThat(runs.nextUntold(LONG))
                .as("somebody may go on with it at once")
                .isNull();
        sql.update("UPDATE run SET tell_after = now() WHERE id = ?", hold.run());
        try {
            webhook.start();
            await().atMost(Duration.ofSeconds(60)).until(() -> heard.size() == 1);
            sql.update("UPDATE run SET tell_after = now() WHERE id = ?", hold.run()); // the pause is over
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> sql.queryForObject("SELECT told_at FROM run WHERE id = ?", Object.class, hold.run())
                            != null);
            assertThat(runs.nextUntold(LONG)).isNull();
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

    @Test
    void aRunThatNobodyGoesOnWithIsToldOnceAndAgainIfItThenFails() {
        var hold = runs.start(RunSpec.of("a-job", "left for the webhook", ""), OPERATOR, "node:1:x");
        assertThat(notices.next()).as("at work").isNull();
        sql.update("UPDATE run SET lease_until = now() - interval '110 seconds' WHERE id = ?", hold.run());
        assertThat(notices.next()).as("somebody may go on with it").isNull();
        sql.update("UPDATE run SET lease_until = now() - interval '130 seconds' WHERE id = ?", hold.run());

        var silent = Objects.requireNonNull(notices.next());

        assertThat(silent.delivery()).isEqualTo(hold.run() + "-1-silent");
        assertThat(silent.body().toString())
                .contains("\"event\":\"run.silent\"", "node:1:x tells nothing of it any more");
        assertThat(notices.next()).as("not to two at once").isNull();
        silent.heard().run();
        sql.update("UPDATE run SET tell_after = now() WHERE id = ?", hold.run());
        assertThat(notices.next()).as("it was heard").isNull();

        runs.end(hold, RunState.FAILED, "it woke up and broke");
        silent.heard().run(); // late: what was heard is not this
        sql.update("UPDATE run SET ended_at = now() - interval '1 minute' WHERE id = ?", hold.run());
        assertThat(Objects.requireNonNull(notices.next()).delivery()).isEqualTo(hold.run() + "-1");
    }

    @Test
    void aTimeThatWasRefusedOrGivenUpIsTold() {
        for (var state : List.of(FireState.REFUSED, FireState.FAILED, FireState.DONE, FireState.STOPPED)) {
            schedules.fire(schedule(), OPERATOR);
            var fire = Objects.requireNonNull(schedules.take("node:1:x", LONG));
            schedules.end(fire, state, "it is not to be", null);

            var told = notices.next();

            if (state == FireState.DONE || state == FireState.STOPPED) {
                assertThat(told).isNull();
                continue;
            }
            assertThat(Objects.requireNonNull(told).delivery()).isEqualTo(fire.requestId());
            assertThat(told.body().toString())
                    .contains(
                            "\"event\":\"schedule." + state.name().toLowerCase(Locale.ROOT) + "\"",
                            "\"schedule\":\"for-the-webhook\"",
                            "it is not to be");
            told.heard().run();
            sql.update("UPDATE schedule_fire SET tell_after = now() WHERE id = ?", fire.id());
            assertThat(notices.next()).isNull();
        }
    }

    private Schedule schedule() {
        if (schedules.all().stream().noneMatch(each -> each.name().equals("for-the-webhook"))) {
            var never = new ScheduleDraft(
                    "for-the-webhook",
                    "reconcile",
                    List.of(),
                    "0 0 0 1 1 ?",
                    ZoneOffset.UTC,
                    Misfire.SKIP,
                    Overlap.QUEUE);
            schedules.add(never, OPERATOR);
        }
        return schedules.byName("for-the-webhook");
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
