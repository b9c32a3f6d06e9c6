package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.app.claim.UserTokens;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.ServiceTokens;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What users are answered by one node alone, and what whoever watches it sees, while a server is away and when it ends. */
class LoneNodeTest {

    private static final int BACKLOG = 400;
    private static final Duration HOUR = Duration.ofHours(1);

    private static final Site SITE = SharedSite.get();
    private static final AtomicInteger USER = new AtomicInteger();
    private static final Map<String, String> SETTINGS =
            Map.of("LARGESSE_CLAIMS_TIMEOUT", "1s", "LARGESSE_CLAIMS_BACKLOG", Integer.toString(BACKLOG));

    private final String watching = SITE.the(ServiceTokens.class)
            .make("watching", List.of("metrics"), Duration.ofDays(1), Site.operator())
            .secret();
    private final ClaimNode node = ClaimNode.start(SITE, SETTINGS);

    @BeforeEach
    void open() {
        Crowd.awaitOpen(SITE, node);
    }

    @AfterEach
    void close() {
        SITE.faults.wakeRedis();
        SITE.faults.wakePostgres();
        node.close();
    }

    @Test
    void whileRedisIsSilentUsersAreToldToComeBackAndThenHaveOneCoupon() {
        var campaign = SITE.stocked(10);
        var before = user();
        var meanwhile = user();
        awaitClaim(campaign, before);
        SITE.faults.silenceRedis();

        var claim = claim(campaign, meanwhile);
        var again = claim(campaign, meanwhile);
        var coupons = node.ask("GET", "/api/v1/coupons", before);

        for (var answer : List.of(claim, again, coupons)) {
            assertProblem(answer);
        }
        assertThat(node.ask("GET", "/actuator/health/readiness", before).statusCode())
                .as("sent to another node, he would fare no better")
                .isEqualTo(200);
        Waiting.until(
                "health to turn red",
                () -> node.ask("GET", "/actuator/health", before).statusCode() == 503);
        assertThat(metric("largesse_claims_seconds_count\\{[^}]*campaign=\"" + campaign.name()
                        + "\"[^}]*outcome=\"unavailable\"[^}]*}"))
                .isEqualTo(2);

        SITE.faults.wakeRedis();
        Waiting.until("claims to be answered", () -> claim(campaign, meanwhile).statusCode() / 100 == 2);
        new Crowd(SITE, campaign).awaitWritten();
        assertThat(written(campaign))
                .as("whatever Redis made of what it read on waking")
                .isEqualTo(2);
        Waiting.until(
                "health to turn green",
                () -> node.ask("GET", "/actuator/health", before).statusCode() == 200);
    }

    @Test
    void whilePostgresIsSilentClaimsGoOnUpToTheBacklogAndAreAllWrittenAfterwards() {
        var campaign = SITE.stocked(4 * BACKLOG);
        awaitClaim(campaign, user());
        new Crowd(SITE, campaign).awaitWritten();
        SITE.faults.silencePostgres();

        var users = IntStream.range(0, 3 * BACKLOG).mapToObj(i -> user()).toList();
        var answers = users.stream().map(user -> claim(campaign, user)).toList();

        var claimed =
                answers.stream().filter(answer -> answer.statusCode() == 201).toList();
        assertThat(claimed).hasSizeBetween(BACKLOG * 3 / 4, BACKLOG * 5 / 4);
        assertThat(answers).filteredOn(answer -> answer.statusCode() != 201).allSatisfy(LoneNodeTest::assertProblem);
        Waiting.until("the backlog to be told", () -> metric("largesse_claims_waiting") == claimed.size());
        assertThat(metric("largesse_claims_waiting_age_seconds")).isPositive();
        var last = users.get(users.size() - 1);
        assertThat(answers.get(answers.size() - 1).statusCode()).isEqualTo(503);

        SITE.faults.wakePostgres();
        Waiting.until("claims to be answered", () -> claim(campaign, last).statusCode() == 201);
        new Crowd(SITE, campaign).awaitWritten();
        assertThat(written(campaign)).isEqualTo(1 + claimed.size() + 1);
        Waiting.until("nothing to wait", () -> metric("largesse_claims_waiting") == 0);
    }

    @Test
    void whenItEndsInOrderItHasWrittenWhatItAnswered() {
        var campaign = SITE.stocked(12_000);
        var crowd = new Crowd(SITE, campaign);
        var wave = crowd.claims(node, 1, 12_000, 2_000);
        wave.awaitAnswered(1_000);
        node.program().terminate();
        assertThat(wave.toCome()).isPositive();

        assertThat(node.program().exitCode()).as(node.program().toString()).isZero();
        wave.join();
        assertThat(crowd.claimed()).isBetween(1_000, 11_999);
        assertThat(written(campaign)).isGreaterThanOrEqualTo(crowd.claimed()); // some answers may be lost
        assertThat(crowd.findings()).isEmpty();
    }

    private static void assertProblem(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("urn:largesse:problem:unavailable");
        assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")))
                .isPositive();
    }

    private double metric(String pattern) {
        var all = node.ask("GET", "/actuator/prometheus", watching).body();
        var found =
                Pattern.compile("^" + pattern + " (\\S+)$", Pattern.MULTILINE).matcher(all);
        assertThat(found.find()).as("%s in %s", pattern, all).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private void awaitClaim(Campaign campaign, String user) {
        Waiting.until(
                "a node to know of " + campaign.name(),
                () -> claim(campaign, user).statusCode() / 100 == 2);
    }

    private HttpResponse<String> claim(Campaign campaign, String user) {
        return node.ask("POST", "/api/v1/campaigns/" + campaign.name() + "/claims", user);
    }

    /** The token of somebody new. */
    private static String user() {
        return SITE.the(UserTokens.class).make("U" + (5_000_000 + USER.incrementAndGet()), HOUR);
    }

    private static long written(Campaign campaign) {
        try (var sql = SITE.stores.sql()) {
            return sql.number("SELECT count(*) FROM coupon WHERE campaign_id = ?", campaign.id());
        }
    }
}
