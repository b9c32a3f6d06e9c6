package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** A node, asked by HTTP as users and programs ask it. */
class ServeTest {

    private static final Program PROGRAM = Program.shared();
    private static final Sample SAMPLE = new Sample(PROGRAM);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger SOMEBODY = new AtomicInteger();
    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        SAMPLE.campaign(1); // a home with services
        server = Server.shared();
    }

    /** A slash or a percent sign cannot stand in a path. */
    @Test
    void whateverAUserIsCalledHeSeesHisCoupons() throws Exception {
        var id = "shop/7;a%2Fb\\c";
        var named = "/api/v1/coupons?user=" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        var shop = program("shop-of-coupons", "coupons").get("token").asString();
        var campaign = SAMPLE.campaignOfAnybody(10);
        PROGRAM.json("code", "generate", campaign, "--count", "10");
        var claimed = await().atMost(PATIENCE)
                .until(() -> server.claim(campaign, user(id)), answer -> answer.status() == 201);

        for (var list : List.of(
                server.get("/api/v1/coupons", user(id)), server.get(named, user(id)), server.get(named, shop))) {
            assertThat(list.json().get("user").asString()).isEqualTo(id);
            assertThat(list.json().get("coupons").values()).containsExactly(claimed.json());
        }
        assertThat(server.get(named, user("U70000401")).status()).isEqualTo(403);
        assertThat(server.get("/api/v1/coupons", shop).problem()).isEqualTo("invalid-request");
    }

    @Test
    void aClaimIsAnsweredAtOnceAndWrittenSoon() throws Exception {
        var campaign = stocked(10, 1);

        var first = server.claim(campaign, user("U00000001"));
        var again = server.claim(campaign, user("U00000001"));
        var list = server.get("/api/v1/users/U00000001/coupons", user("U00000001"));

        assertThat(first.status()).as(first.toString()).isEqualTo(201);
        assertThat(first.text("status")).isEqualTo("ISSUED");
        assertThat(first.text("campaign")).isEqualTo(campaign);
        assertThat(first.text("currency")).isEqualTo("CNY");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(list.json().get("coupons").values())
                .anySatisfy(coupon -> assertThat(coupon).isEqualTo(first.json()));
        var written = PROGRAM.bean(Coupons.class);
        var id = PROGRAM.bean(Campaigns.class).byName(campaign);
        await().atMost(PATIENCE).until(() -> written.count(id) == 1);
        assertThat(PROGRAM.json("coupon", "show", first.text("code"))
                        .get("userId")
                        .asString())
                .isEqualTo("U00000001");
        assertThat(server.get("/api/v1/users/U00000001/coupons", user("U00000001"))
                        .json()
                        .get("coupons")
                        .values())
                .as("the same coupon before and after it was written")
                .filteredOn(coupon -> coupon.get("code").asString().equals(first.text("code")))
                .containsExactly(first.json());
    }

    @Test
    void eachKeyIsGoodForOneCouponUpToTheLimit() throws Exception {
        var campaign = stocked(10, 2);
        var token = user("U00000002");

        var one = server.claim(campaign, token, "Idempotency-Key", "a");
        var same = server.claim(campaign, token, "Idempotency-Key", "a");
        var two = server.claim(campaign, token);
        var three = server.claim(campaign, token, "Idempotency-Key", "b");

        assertThat(List.of(one.status(), same.status(), two.status(), three.status()))
                .containsExactly(201, 200, 201, 409);
        assertThat(same.text("code")).isEqualTo(one.text("code"));
        assertThat(three.problem()).isEqualTo("limit-reached");
        assertThat(three.header("Content-Type")).startsWith("application/problem+json");
        assertThat(server.claim(campaign, token, "Idempotency-Key", "a b").status())
                .isEqualTo(400);
    }

    @Test
    void refusalsSayWhyInTheLanguageAskedFor() throws Exception {
        var campaign = stocked(1, 1);
        assertThat(server.claim("nowhere", user("U00000001")).problem()).isEqualTo("campaign-not-found");
        var granted = stocked(1, 0, "campaign-not-found");
        assertThat(server.claim(granted, user("U00000001")).text("detail")).contains("users cannot claim");
        assertThat(server.claim(campaign, user("visitor")).problem()).isEqualTo("not-for-this-user");
        assertThat(server.claim(campaign, user("U00000001")).status()).isEqualTo(201);

        var soldOut = server.claim(campaign, user("U00000002"));
        var chinese = server.claim(campaign, user("U00000002"), "Accept-Language", "zh-CN");

        assertThat(soldOut.status()).isEqualTo(409);
        assertThat(soldOut.problem()).isEqualTo("sold-out");
        assertThat(soldOut.text("detail")).isEqualTo("all coupons of this campaign are gone");
        assertThat(chinese.text("detail")).isEqualTo("该活动的优惠券已全部领完");
    }

    @Test
    void whatIsNotOpenYetSaysWhenItIs() throws Exception {
        var campaign = SAMPLE.campaignToCome(3);
        var early = await().atMost(PATIENCE)
                .until(() -> server.claim(campaign, user("U00000601")), answer -> answer.status() != 404);

        assertThat(early.status()).isEqualTo(403);
        assertThat(early.problem()).isEqualTo("campaign-not-open");
        assertThat(early.text("detail")).contains("2098");
        assertThat(why("U00000601", campaign)).contains("it was not open yet");
    }

    @Test
    void whoLooksAtHisCouponsTooOftenIsToldWhenToComeBack() throws Exception {
        var token = user("U00000602");
        for (int i = 0; i < 60; i++) {
            assertThat(server.get("/api/v1/coupons", token).status()).isEqualTo(200);
        }
        var tooOften = server.get("/api/v1/coupons", token);
        assertThat(tooOften.status()).isEqualTo(429);
        assertThat(tooOften.problem()).isEqualTo("too-many-requests");
        assertThat(Integer.parseInt(tooOften.header("Retry-After"))).isPositive();
    }

    @Test
    void whyAClaimWasRefusedIsToldLater() throws Exception {
        var campaign = stocked(2, 2);
        server.claim(campaign, user("U00000501"));
        server.claim(campaign, user("U00000501"));
        assertThat(server.claim(campaign, user("U00000501")).problem()).isEqualTo("limit-reached");
        assertThat(server.claim(campaign, user("U00000502")).problem()).isEqualTo("sold-out");
        PROGRAM.json("campaign", "pause", campaign);
        await().atMost(PATIENCE)
                .until(() -> server.claim(campaign, user("U00000503")).problem().equals("campaign-paused"));
        PROGRAM.json("campaign", "resume", campaign);
        PROGRAM.json("campaign", "end", campaign, "--yes");
        await().atMost(PATIENCE)
                .until(() -> server.claim(campaign, user("U00000504")).problem().equals("campaign-over"));

        assertThat(why("U00000501", campaign)).contains("the user had as many coupons as one may claim");
        assertThat(why("U00000502", campaign)).contains("a claim at", "was refused: all coupons were gone");
        assertThat(why("U00000503", campaign)).contains("it was paused");
        assertThat(why("U00000504", campaign)).contains("it had been ended");
        assertThat(why("visitor", campaign)).contains("User ids of campaign " + campaign);
        assertThat(PROGRAM.json("coupon", "why", "--user", "U00000502", "--campaign", campaign)
                        .at("/claims/0/refused/0/reason")
                        .asString())
                .isEqualTo("sold-out");
    }

    private static String why(String user, String campaign) throws Exception {
        return PROGRAM.run("coupon", "why", "--user", user, "--campaign", campaign)
                .out();
    }

    /** The quickest of some changes is measured, since a machine may be busy with anything at one of them. */
    @Test
    void aChangeOfTheCampaignIsKnownWithinASecond() throws Exception {
        var campaign = stocked(2_000, 1); // enough for those who claim before a change is known
        assertThat(server.claim(campaign, user("U00000001")).status()).isEqualTo(201);
        var took = new ArrayList<Duration>();

        for (int i = 0; i < 3; i++) {
            PROGRAM.json("campaign", "pause", campaign);
            took.add(untilSomebodyIsAnswered(campaign, reply -> reply.problem().equals("campaign-paused")));
            assertThat(server.claim(campaign, user("U00000001")).status()).isEqualTo(200);
            PROGRAM.json("campaign", "resume", campaign);
            took.add(untilSomebodyIsAnswered(campaign, reply -> reply.status() == 201));
        }
        assertThat(Collections.min(took)).as(took.toString()).isLessThan(Duration.ofSeconds(1));
    }

    /** As above. */
    @Test
    void aTopUpIsClaimedWithinASecond() throws Exception {
        var campaign = stocked(5, 1);
        for (int i = 1; i <= 6; i++) {
            server.claim(campaign, user("U0000010" + i));
        }
        assertThat(server.claim(campaign, user("U00000106")).problem()).isEqualTo("sold-out");

        var took = new ArrayList<Duration>();
        for (int stock = 6; stock <= 8; stock++) {
            PROGRAM.json("campaign", "edit", campaign, "--stock", Integer.toString(stock));
            PROGRAM.json("code", "generate", campaign, "--count", "1");
            took.add(untilSomebodyIsAnswered(campaign, reply -> reply.status() == 201));
        }
        assertThat(Collections.min(took)).as(took.toString()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aUserWhoAsksTooOftenIsToldWhenToComeBack() throws Exception {
        var campaign = stocked(1, 1);
        server.claim(campaign, user("U00000201"));
        var replies = new ArrayList<Server.Reply>();
        for (int i = 0; i < 11; i++) {
            replies.add(server.claim(campaign, user("U00000202")));
        }

        assertThat(replies.subList(0, 10)).allMatch(reply -> reply.problem().equals("sold-out"));
        assertThat(replies.get(10).status()).isEqualTo(429);
        assertThat(Integer.parseInt(replies.get(10).header("Retry-After"))).isBetween(1, 66);
        assertThat(why("U00000202", campaign))
                .as("why at first, not that it was asked too often")
                .contains("all coupons were gone");
    }

    @Test
    void manyAtOnceGetDifferentCodesAndNoMoreThanThereAre() throws Exception {
        var campaign = stocked(300, 1);
        var threads = Executors.newFixedThreadPool(32);
        var replies = IntStream.rangeClosed(1, 400)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> server.claim(campaign, user(String.format("U0001%04d", i))), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        threads.shutdown();

        assertThat(replies).filteredOn(reply -> reply.status() == 201).hasSize(300);
        assertThat(replies)
                .filteredOn(reply -> reply.problem().equals("sold-out"))
                .hasSize(100);
        assertThat(replies.stream().filter(reply -> reply.status() == 201).map(reply -> reply.text("code")))
                .doesNotHaveDuplicates();
        var id = PROGRAM.bean(Campaigns.class).byName(campaign);
        await().atMost(PATIENCE).until(() -> PROGRAM.bean(Coupons.class).count(id) == 300);
    }

    @Test
    void aNodeWithoutTheRoleClaimAnswersNoneButTellsOfWhatDidNotFire() throws Exception {
        var campaign = stocked(3, 1);
        try (var other = Server.start(PROGRAM.home(), Map.of("largesse.roles.claim", "false"))) {
            var sentOn = other.claim(campaign, user("U00000001"));
            assertThat(sentOn.status()).isEqualTo(503);
            assertThat(sentOn.header("Retry-After")).isNotEmpty();
            assertThat(other.claim(campaign, null).status()).isEqualTo(401);
            assertThat(other.get("/api/v1/users/U00000001/coupons", user("U00000001"))
                            .status())
                    .isEqualTo(404);
            assertThat(other.get("/actuator/health", null).status()).isEqualTo(200);

            PROGRAM.json(
                    "schedule", "add", "forgotten", "--cron", "0 * * * *", "--zone", "UTC", "--job", "sweep-expired");
            var sql = new JdbcTemplate(PROGRAM.bean(DataSource.class));
            sql.update("UPDATE schedule SET last_planned = now() - interval '1 day' WHERE name = 'forgotten'");
            assertThat(other.get("/actuator/health", null).status()).isEqualTo(503);

            sql.update("UPDATE schedule SET last_planned = now() WHERE name = 'forgotten'");
            assertThat(other.get("/actuator/health", null).status()).isEqualTo(200);

            PROGRAM.json("schedule", "fire", "forgotten");
            sql.update("UPDATE schedule_fire SET planned_at = now() - interval '3 minutes',"
                    + " not_before = now() - interval '3 minutes' WHERE state = 'PENDING'");
            assertThat(other.get("/actuator/health", null).status())
                    .as("planned, and nobody runs it")
                    .isEqualTo(503);
            sql.update(
                    "UPDATE schedule_fire SET state = 'RUNNING', owner = 'dead:1:x', lease_until = now() - interval '3 minutes'"
                            + " WHERE state = 'PENDING'");
            assertThat(other.get("/actuator/health", null).status())
                    .as("begun, and left")
                    .isEqualTo(503);
            sql.update("UPDATE schedule_fire SET state = 'DONE', ended_at = now() WHERE state = 'RUNNING'");
            assertThat(other.get("/actuator/health", null).status()).isEqualTo(200);
            PROGRAM.json("schedule", "remove", "forgotten");

            var runs = PROGRAM.bean(Runs.class);
            var silent = runs.start(RunSpec.of("a-job", "silent", ""), new Actor("test", "test", "test"), "dead:1:x");
            sql.update(
                    "UPDATE run SET attempts = 5, lease_until = now() - interval '3 minutes' WHERE id = ?",
                    silent.run());
            assertThat(other.get("/actuator/health", null).status())
                    .as("a run without a heartbeat")
                    .isEqualTo(503);
            runs.end(silent, RunState.DONE, null);
            assertThat(other.get("/actuator/health", null).status()).isEqualTo(200);
        }
    }

    @Test
    void nothingButHealthIsToldWithoutAToken() throws Exception {
        var campaign = stocked(3, 1);
        for (var path : List.of(
                "/",
                "/error",
                "/actuator",
                "/actuator/env",
                "/actuator/prometheus",
                "/api/openapi.json",
                "/api/docs",
                "/swagger-ui/index.html",
                "/api/swagger-ui/index.html",
                "/api/v1/users/U00000001/coupons",
                "/api/v1/coupons",
                "/api/v1/coupons?user=U00000001")) {
            assertThat(server.get(path, null).status()).as(path).isEqualTo(401);
            assertThat(server.get(path, null).header("WWW-Authenticate")).matches("Bearer|Basic realm=.*");
        }
        for (var path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
            var health = server.get(path, null);
            assertThat(health.status()).as(path).isEqualTo(200);
            assertThat(health.json().propertyNames()).containsAnyOf("status").doesNotContain("components", "details");
        }
        assertThat(server.claim(campaign, null).status()).isEqualTo(401);
        assertThat(server.claim(campaign, "nonsense").status()).isEqualTo(401);
        assertThat(server.claim(campaign, "nonsense").problem()).isEqualTo("unauthenticated");
        var other = user("U00000001") + "x";
        assertThat(server.claim(campaign, other).status()).isEqualTo(401);
        assertThat(server.get("/api/v1/users/U00000009/coupons", user("U00000001"))
                        .status())
                .isEqualTo(403);
        assertThat(server.get("/actuator/prometheus", user("U00000001")).status())
                .isEqualTo(403);
        assertThat(server.get("/actuator/env", user("U00000001")).status()).isEqualTo(403);
        assertThat(server.get("/api/openapi.json", user("U00000001")).status()).isEqualTo(200);
    }

    /** An attacker may know everything but the key. */
    @Test
    void aTokenOfAnotherAlgorithmOrWithoutAnEndIsRefused() throws Exception {
        var campaign = stocked(3, 1);
        var none = base64("{\"alg\":\"none\"}") + "." + base64("{\"sub\":\"U00000001\",\"exp\":4102444800}") + ".";
        assertThat(server.claim(campaign, none).status()).isEqualTo(401);
        var secret = java.util.Base64.getDecoder()
                .decode(java.nio.file.Files.readString(PROGRAM.home().resolve("keys/users.key"))
                        .strip());
        assertThat(server.claim(campaign, signed("HS256", "HmacSHA256", secret, "{\"sub\":\"U00000001\"}"))
                        .status())
                .as("no end")
                .isEqualTo(401);
        var good = "{\"sub\":\"U00000001\",\"exp\":4102444800}";
        assertThat(server.claim(campaign, signed("HS512", "HmacSHA512", secret, good))
                        .status())
                .isEqualTo(401);
        assertThat(server.claim(campaign, signed("HS256", "HmacSHA256", secret, "{\"sub\":\"U00000001\",\"exp\":1}"))
                        .status())
                .isEqualTo(401);
        assertThat(server.claim(campaign, signed("HS256", "HmacSHA256", secret, "{\"sub\":\"a b\",\"exp\":4102444800}"))
                        .status())
                .as("no user's id")
                .isEqualTo(401);
        assertThat(server.claim(campaign, signed("HS256", "HmacSHA256", secret, good))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void programsAskByScopesUntilTheirTokenIsTakenAway() throws Exception {
        var campaign = stocked(5, 1);
        var made = program("shop", "claims,coupons");
        var shop = made.get("token").asString();
        var monitoring = program("monitoring", "metrics").get("token").asString();
        var claims = "/api/v1/campaigns/" + campaign + "/claims";

        assertThat(server.post(claims, shop, "{\"user\": \"U00000301\"}").status())
                .isEqualTo(201);
        assertThat(server.post(claims, shop, null).problem()).isEqualTo("invalid-request");
        assertThat(server.post(claims, shop, "{\"user\": ").problem()).isEqualTo("invalid-request");
        assertThat(server.post(claims, monitoring, "{\"user\": \"U00000302\"}").status())
                .isEqualTo(403);
        assertThat(server.post(claims, user("U00000303"), "{\"user\": \"U00000302\"}")
                        .status())
                .isEqualTo(400);
        assertThat(server.get("/api/v1/users/U00000301/coupons", shop).status()).isEqualTo(200);
        assertThat(server.get("/actuator/prometheus", monitoring).answer().body())
                .contains("largesse_claims");
        assertThat(server.get("/actuator/prometheus", shop).status()).isEqualTo(403);

        assertThat(PROGRAM.run("token", "revoke", made.get("id").asString()).code())
                .isZero();
        await().atMost(PATIENCE)
                .until(() -> server.get("/api/v1/users/U00000301/coupons", shop).status() == 401);
        assertThat(PROGRAM.json("token", "list").toString()).doesNotContain(shop);
    }

    @Test
    void whatAlertsAndDashboardLookAtIsTold() throws Exception {
        var campaign = stocked(5, 1);
        assertThat(server.claim(campaign, user("U00000401")).status()).isEqualTo(201);
        var actor = new Actor("test", "test", "test");
        var hold = PROGRAM.bean(Runs.class).start(RunSpec.of("a-job", "nothing", ""), actor, "nobody:1:x");
        var token = program("watching", "metrics").get("token").asString();
        var names = new TreeSet<String>();
        for (var file : List.of("alerts.yaml", "dashboard.json")) {
            var text = Files.readString(Path.of("../samples/monitoring", file));
            Pattern.compile("\\blargesse_[a-z_]+").matcher(text).results().forEach(found -> names.add(found.group()));
        }
        assertThat(names).hasSizeGreaterThan(10);

        await().atMost(PATIENCE).untilAsserted(() -> {
            var told = server.get("/actuator/prometheus", token)
                    .answer()
                    .body()
                    .lines()
                    .map(line -> line.split("[{ ]")[0])
                    .collect(Collectors.toSet());
            assertThat(told).containsAll(names);
        });
        PROGRAM.bean(Runs.class).end(hold, RunState.DONE, null);
    }

    /** A browser can ask for a password only, so the page takes a token as one; nothing else does. */
    @Test
    void theApiIsDescribedOnAPage() throws Exception {
        var basic = "Basic " + java.util.Base64.getEncoder().encodeToString(("me:" + user("U00000001")).getBytes());

        var api = server.get("/api/openapi.json", null, "Authorization", basic);
        assertThat(api.status()).isEqualTo(200);
        assertThat(api.json().get("paths").propertyNames())
                .containsExactlyInAnyOrder(
                        "/api/v1/campaigns/{campaign}/claims", "/api/v1/users/{user}/coupons", "/api/v1/coupons");
        var page = server.get("/api/swagger-ui/index.html", null, "Authorization", basic);
        assertThat(page.status()).as(page.toString()).isEqualTo(200);
        assertThat(server.get("/api/v1/users/U00000001/coupons", null, "Authorization", basic)
                        .status())
                .isEqualTo(401);
    }

    /** What is sent may be anything, and may stop in the midst. */
    @Test
    void nonsenseIsRefusedWithoutAWordOfHowItWasFoundOut() throws Exception {
        var campaign = stocked(3, 1);
        var claims = "/api/v1/campaigns/" + campaign + "/claims";
        var shop = program("odd-shop", "claims").get("token").asString();

        assertThat(server.post(claims, shop, "null").problem()).isEqualTo("invalid-request");
        assertThat(server.post(claims, shop, "[]").problem()).isEqualTo("invalid-request");
        assertThat(server.post(claims, shop, "{\"user\": \"" + "x".repeat(2_000) + "\"}")
                        .problem())
                .isEqualTo("invalid-request");
        assertThat(server.get(claims, shop).status()).isEqualTo(404);
        for (var path : List.of(claims + "/1", "/api/v1/campaigns/", "/api/v1/campaigns//claims")) {
            assertThat(server.post(path, null, null).status()).as(path).isIn(400, 401);
            assertThat(server.post(path, shop, null).status()).as(path).isIn(400, 403, 404);
        }
        var head = "POST " + claims + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer " + shop
                + "\r\n";
        assertThat(server.raw(head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .contains(" 400 ", "invalid-request");
        assertThat(server.raw(head + "Content-Length: 30\r\n\r\n{\"user\":")) // and no more
                .contains(" 400 ", "invalid-request");
        for (var nonsense : List.of(
                "NONSENSE\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /api/v1/campaigns/a%2Fb/claims HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA: " + "y".repeat(20_000) + "\r\n\r\n")) {
            assertThat(server.raw(nonsense))
                    .as(nonsense.substring(0, 12))
                    .startsWith("HTTP/1.1 ")
                    .contains("application/problem+json")
                    .doesNotContainIgnoringCase("jetty")
                    .doesNotContain("html", "Exception");
        }
        var metrics = program("odd-metrics", "metrics").get("token").asString();
        assertThat(server.get("/actuator/prometheus", metrics).answer().body())
                .as("their faults, not ours")
                .doesNotContain("outcome=\"internal\"");
    }

    /** Asks for a user after another, since whoever has a coupon, or asks too often, is answered that. */
    private static Duration untilSomebodyIsAnswered(String campaign, Predicate<Server.Reply> answer) {
        var begin = System.nanoTime();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> answer.test(
                        server.claim(campaign, user(String.format("U09%06d", SOMEBODY.incrementAndGet())))));
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String user(String id) {
        return PROGRAM.json("token", "--user", id).get("token").asString();
    }

    /** A token that the node knows. */
    private static JsonNode program(String name, String scopes) throws Exception {
        var made = PROGRAM.json("token", "make", name, "--scope", scopes);
        var token = made.get("token").asString();
        await().atMost(PATIENCE)
                .until(() -> server.get("/api/v1/coupons", token).status() != 401);
        return made;
    }

    private static String stocked(int stock, int limit) throws Exception {
        return stocked(stock, limit, "not-for-this-user");
    }

    /** @param visitor the problem that somebody has who is none of its users */
    private static String stocked(int stock, int limit, String visitor) throws Exception {
        var campaign = SAMPLE.campaign(stock, limit);
        PROGRAM.json("code", "generate", campaign, "--count", Integer.toString(stock));
        // nodes are told of a new campaign like of any change
        await().atMost(PATIENCE)
                .until(() -> server.claim(campaign, user("visitor")).problem().equals(visitor));
        return campaign;
    }

    private static String signed(String algorithm, String mac, byte[] secret, String claims) throws Exception {
        var text = base64("{\"alg\":\"" + algorithm + "\"}") + "." + base64(claims);
        var signer = javax.crypto.Mac.getInstance(mac);
        signer.init(new javax.crypto.spec.SecretKeySpec(secret, mac));
        return text + "."
                + java.util.Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signer.doFinal(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String base64(String text) {
        return java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
