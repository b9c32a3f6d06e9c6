package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RunState;
import io.largesse.embedded.EmbeddedServices;
import io.largesse.pools.RedisConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/**
 * What an earlier build began before it was killed is finished by this one. The recording was made by {@link
 * RecordKilledGrants}; the stores are judged by plain SQL and plain commands.
 */
class UpgradeTest {

    private static final String RECORDING = "recorded/killed-6c39428.txt.gz";

    /** The last migration that the recorded build had. */
    private static final String SCHEMA = "3";

    private static String refusal;
    private static Node node;

    @BeforeAll
    static void restoreAndStartThisBuild() throws Exception {
        var parts = Recording.read(RECORDING);
        var home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "upgrade-");
        var services = EmbeddedServices.use(home);
        var settings = services.properties();
        var url = settings.get("spring.datasource.url");
        var user = settings.get("spring.datasource.username");
        var password = settings.get("spring.datasource.password");
        migrate(settings, SCHEMA);
        try (var sql = DriverManager.getConnection(url, user, password)) {
            RecordedStores.restore(parts, sql);
            sql.createStatement().execute("UPDATE run SET lease_until = now() + interval '1 day'");
            refusal = String.valueOf(assertThrows(FlywayException.class, () -> migrate(settings, "latest"))
                    .getMessage());
            // the recorded leases are long over, whatever this machine's clock says
            sql.createStatement().execute("UPDATE run SET lease_until = now() - interval '1 day'");
        }
        var redis = new RedisConnection(settings.get("spring.data.redis.url")).open();
        RecordedStores.restore(parts, redis);
        redis.shutdown();

        node = Node.startOn(home);
        services.close();
        RecordedStores.restore(parts, node.bean(ObjectStore.class));
    }

    private static void migrate(Map<String, String> settings, String target) {
        Flyway.configure()
                .dataSource(
                        settings.get("spring.datasource.url"),
                        settings.get("spring.datasource.username"),
                        settings.get("spring.datasource.password"))
                .javaMigrations(new V3__SpringBatchTables())
                .target(target)
                .load()
                .migrate();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void theTablesAreNotChangedUnderAProcessOfTheEarlierBuild() {
        assertThat(refusal).contains("is still working with the version before; stop it, or wait");
    }

    /** In the middle of staging; between a block's leaving the pool and its commit; in two partitions; over the report. */
    @ParameterizedTest
    @CsvSource({"staging, 3000, 1, 0", "allotting, 3000, 1, 100", "issuing, 2050, 20, 100", "reporting, 3000, 1, 0"})
    void aKilledGrantGivesEachRecipientItsQuantityOnce(String campaign, int users, int quantity, int left) {
        var id = id(campaign);
        var grant = node.count("SELECT id FROM coupon_grant WHERE campaign_id = ?", id);
        requireUnfinished(campaign, id, (long) users * quantity);

        var outcome = node.grants().restart(grant, Node.operator(), p -> {});

        assertThat(outcome.why()).isNull();
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        var done = node.bean(Grants.class).find(grant);
        assertThat(done.state()).isEqualTo(GrantState.DONE);
        assertThat(done.issued()).isEqualTo((long) users * quantity);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(done.reportKey()).isNotNull();
        assertThat(node.count(
                        "SELECT count(*) FROM (SELECT user_id FROM coupon WHERE campaign_id = ? AND source_id = ?"
                                + " GROUP BY user_id HAVING count(*) = ? AND count(DISTINCT ordinal) = ?) AS exact",
                        id,
                        grant,
                        quantity,
                        quantity))
                .isEqualTo(users);
        assertThat(node.count(
                        "SELECT count(*) FROM coupon WHERE campaign_id = ? AND user_id BETWEEN ? AND ?",
                        id,
                        Node.user(1),
                        Node.user(users)))
                .isEqualTo((long) users * quantity);
        assertThat(pool(id)).hasSize(left);
        requireConserved(id);
        assertThat(node.count("SELECT count(*) FROM pg_class WHERE relname = ?", "staged_grant_" + grant))
                .isZero();
    }

    /** The recording is what it claims to be, also after this build's migrations. */
    private static void requireUnfinished(String campaign, long id, long expected) {
        var issued = node.count("SELECT count(*) FROM coupon WHERE campaign_id = ?", id);
        switch (campaign) {
            case "staging" -> assertThat(issued).isZero();
            case "allotting" -> {
                assertThat(issued).isZero();
                assertThat(blocks(id)).hasSize(1);
                assertThat(pool(id)).hasSizeBetween(1, (int) expected);
            }
            case "issuing" -> assertThat(issued).isBetween(1L, expected - 1);
            default -> assertThat(issued).isEqualTo(expected);
        }
    }

    @Test
    void aKilledGenerationPushesTheRestOfItsCodes() {
        var id = id("generating");
        var run = node.count("SELECT id FROM run WHERE job = 'generate-codes' AND state = 'RUNNING'");
        assertThat(pool(id)).hasSizeBetween(1, 2_999);

        var outcome = node.bean(JobDesk.class).restart(run, Node.operator(), p -> {});

        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(pool(id)).hasSize(3_000);
        requireConserved(id);
    }

    /** Every code that was generated is in the pool or a coupon's, once, and none is on its way. */
    private static void requireConserved(long campaign) {
        var codes = pool(campaign);
        codes.addAll(node.sql().queryForList("SELECT code FROM coupon WHERE campaign_id = ?", String.class, campaign));
        assertThat(new HashSet<>(codes)).hasSameSizeAs(codes);
        assertThat(codes).hasSize((int) node.count("SELECT generated FROM campaign WHERE id = ?", campaign));
        assertThat(blocks(campaign)).isEmpty();
    }

    private static long id(String campaign) {
        return node.count("SELECT id FROM campaign WHERE name = ?", campaign);
    }

    private static List<String> pool(long campaign) {
        return keys("pool:" + campaign).stream()
                .flatMap(key -> redis().<String>getList(key, StringCodec.INSTANCE).readAll().stream())
                .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
    }

    private static List<String> blocks(long campaign) {
        return keys("block:" + campaign + ":");
    }

    private static List<String> keys(String named) {
        var found = new java.util.ArrayList<String>();
        redis().getKeys().getKeys().forEach(key -> {
            var name = key.substring(key.indexOf(':') + 1);
            if (named.endsWith(":") ? name.startsWith(named) : name.equals(named)) {
                found.add(key);
            }
        });
        return found;
    }

    private static RedissonClient redis() {
        return node.bean(RedissonClient.class);
    }
}
