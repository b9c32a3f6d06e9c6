package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.pools.ClaimStreams;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.StringCodec;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** What a Redis that forgot something, unnoticed, has answered: nobody gets too much, nobody loses, all is on record. */
class ClaimConflictTest {

    private static final Program PROGRAM = Program.shared();
    private static final Sample SAMPLE = new Sample(PROGRAM);

    /** A repair that fails is tried again only after a while. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Server server;

    @BeforeAll
    static void start() throws Exception {
        SAMPLE.campaign(1); // a home with services
        server = Server.shared();
    }

    /** Several codes that are somebody's stand at the head of the pool: those that are taken instead as well. */
    @Test
    void whoeverIsToldSomebodyElsesCodeGetsAnother() throws Exception {
        var campaign = stocked(40);
        var used = new ArrayList<String>();
        for (int i = 1; i <= 6; i++) {
            used.add(claim(campaign, "U0000500" + i).text("code"));
        }
        awaitWritten(campaign, 6);
        for (int shard = 0; shard < 8; shard++) {
            for (var code : used) {
                pool(campaign, shard).add(0, code);
            }
        }

        var told = claim(campaign, "U00005009");

        assertThat(used).contains(told.text("code"));
        awaitWritten(campaign, 7);
        var has = PROGRAM.bean(Coupons.class).ofUser("U00005009").get(0).code();
        assertThat(used).doesNotContain(has);
        await().atMost(PATIENCE)
                .until(() -> claim(campaign, "U00005009").text("code").equals(has));
        assertThat(PROGRAM.bean(AuditTrail.class).of("campaign " + campaign))
                .extracting(entry -> entry.what())
                .contains("claim.code-came-back");
        for (int i = 1; i <= 6; i++) {
            assertThat(claim(campaign, "U0000500" + i).text("code")).isEqualTo(used.get(i - 1));
        }
    }

    @Test
    void aUserWhoseCountWasLostKeepsTheCouponThatHeHas() throws Exception {
        var campaign = stocked(40);
        var first = claim(campaign, "U00005101").text("code");
        awaitWritten(campaign, 1);
        var ledger = PROGRAM.bean(Campaigns.class).byName(campaign).ledger();
        redis().getMap("{s" + shard("U00005101") + "}:claimed:" + ledger, StringCodec.INSTANCE)
                .remove("U00005101");

        var told = claim(campaign, "U00005101");

        assertThat(told.status()).isEqualTo(201);
        assertThat(told.text("code")).isNotEqualTo(first);
        await().atMost(PATIENCE)
                .until(() -> claim(campaign, "U00005101").text("code").equals(first));
        assertThat(PROGRAM.bean(Coupons.class).ofUser("U00005101"))
                .extracting(coupon -> coupon.code())
                .containsExactly(first);
        assertThat(PROGRAM.bean(Campaigns.class).byName(campaign).voided()).isEqualTo(1);
        assertThat(PROGRAM.json("reconcile", campaign).get("balance").asBoolean())
                .isTrue();
    }

    /** It would wait for a code for ever: there are none any more. */
    @Test
    void aClaimWhoseCodeIsSomebodyElsesIsLostOnceItsCampaignHasNoMore() throws Exception {
        var name = stocked(20);
        var held = claim(name, "U00005301").text("code");
        awaitWritten(name, 1);
        PROGRAM.json("campaign", "end", name, "--yes");
        PROGRAM.json("job", "run", "sweep-expired", "campaign=" + name);
        var campaign = PROGRAM.bean(Campaigns.class).byName(name);

        comesBack(campaign, "U00005302", held);

        await().atMost(PATIENCE).until(() -> waiting(campaign) == 0);
        assertThat(PROGRAM.bean(AuditTrail.class).of("campaign " + name))
                .extracting(entry -> entry.what())
                .contains("claim.lost");
        assertThat(coupons("U00005302")).isEmpty();
        assertThat(PROGRAM.bean(Coupons.class).ofUser("U00005301")).hasSize(1);
    }

    /** An older Redis brings claims back: one whose coupon is archived by now, and one that nobody has written yet. */
    @Test
    void aClaimWhoseCouponIsArchivedIsNotWrittenAgainAndOneThatIsNowhereIs() throws Exception {
        var name = stocked(40);
        var archived = claim(name, "U00005201").text("code");
        var kept = claim(name, "U00005202").text("code");
        awaitWritten(name, 2);
        var sql = new JdbcTemplate(PROGRAM.bean(DataSource.class));
        sql.update(
                "UPDATE coupon SET status = 'REVOKED', updated_at = now() - interval '1 day' WHERE code = ?", archived);
        PROGRAM.json("campaign", "end", name, "--yes");
        PROGRAM.json("job", "run", "archive-coupons", "campaign=" + name, "before=" + Instant.now());
        awaitWritten(name, 2);
        var campaign = PROGRAM.bean(Campaigns.class).byName(name);
        var shard = (int) shard("U00005203");
        var late = pool(name, shard).get(0);
        pool(name, shard).remove(late);

        comesBack(campaign, "U00005201", archived);
        comesBack(campaign, "U00005203", late);

        awaitWritten(name, 3);
        await().atMost(PATIENCE).until(() -> sql.queryForList(
                        "SELECT code FROM coupon WHERE campaign_id = ?", String.class, campaign.id())
                .containsAll(List.of(kept, late)));
        await().atMost(PATIENCE).until(() -> waiting(campaign) == 0);
        assertThat(PROGRAM.bean(Coupons.class).count(campaign)).isEqualTo(3);
        assertThat(PROGRAM.bean(Coupons.class).ofUser("U00005201")).isEmpty();
        assertThat(coupons("U00005201")).as("Redis alone would call it ISSUED").isEmpty();
        assertThat(coupons("U00005202")).hasSize(1);
        var books = PROGRAM.json("reconcile", name).get("campaigns").get(0);
        assertThat(books.get("balance").asBoolean()).isTrue();
        assertThat(books.get("archived").asInt()).isEqualTo(1);
    }

    private static void comesBack(Campaign campaign, String user, String code) {
        var now = System.currentTimeMillis();
        var entry = String.join(
                " ",
                Long.toString(campaign.id()),
                Long.toString(campaign.pool()),
                "1",
                code,
                Long.toString(now),
                Long.toString(now),
                Long.toString(now + 86_400_000L),
                "1000",
                user);
        redis().getStream("{s" + shard(user) + "}:claims", StringCodec.INSTANCE).add(StreamAddArgs.entry("1", entry));
    }

    private static long waiting(Campaign campaign) {
        var waiting = new AtomicLong();
        for (int shard = 0; shard < 8; shard++) {
            PROGRAM.bean(ClaimStreams.class).forEach(shard, entry -> {
                if (entry.campaign() == campaign.id()) {
                    waiting.incrementAndGet();
                }
            });
        }
        return waiting.get();
    }

    private static Server.Reply claim(String campaign, String user) {
        return server.claim(campaign, token(user));
    }

    /** As the node tells the user. */
    private static List<JsonNode> coupons(String user) {
        return List.copyOf(server.get("/api/v1/users/" + user + "/coupons", token(user))
                .json()
                .get("coupons")
                .values());
    }

    private static String token(String user) {
        return PROGRAM.json("token", "--user", user).get("token").asString();
    }

    private static String stocked(int stock) throws Exception {
        var campaign = SAMPLE.campaign(stock, 1);
        PROGRAM.json("code", "generate", campaign, "--count", Integer.toString(stock));
        await().atMost(PATIENCE)
                .until(() -> claim(campaign, "visitor").problem().equals("not-for-this-user"));
        return campaign;
    }

    private static void awaitWritten(String campaign, long coupons) {
        var found = PROGRAM.bean(Campaigns.class).byName(campaign);
        await().atMost(PATIENCE).until(() -> PROGRAM.bean(Coupons.class).count(found) == coupons);
    }

    private static long pool(String campaign) {
        return PROGRAM.bean(Campaigns.class).byName(campaign).pool();
    }

    private static RedissonClient redis() {
        return PROGRAM.bean(RedissonClient.class);
    }

    private static List<String> pool(String campaign, int shard) {
        return redis().getList("{s" + shard + "}:pool:" + pool(campaign), StringCodec.INSTANCE);
    }

    private static long shard(String user) {
        var crc = new CRC32();
        crc.update(user.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return crc.getValue() % 8;
    }
}
