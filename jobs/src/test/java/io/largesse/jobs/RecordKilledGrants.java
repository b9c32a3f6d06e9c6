package io.largesse.jobs;

import static org.awaitility.Awaitility.await;

import io.largesse.archive.S3ObjectStore;
import io.largesse.archive.StoreSettings;
import io.largesse.embedded.EmbeddedServices;
import io.largesse.pools.RedisConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Records what a build leaves when it is killed at work, for {@link UpgradeTest}; resources/…/recorded/README.md says how
 * to run it. No test by its name: it runs only when it is asked for.
 *
 * <p>A trigger holds the process under record at a statement: what it had done before is committed, the statement's
 * transaction is open. Then it is killed without warning, and its sessions end.
 */
class RecordKilledGrants {

    private static final String HOLD = """
            CREATE FUNCTION hold_here() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              PERFORM pg_sleep(600);
              RETURN NEW;
            END $$""";

    private final Path checkout =
            Path.of(System.getProperty("largesse.checkout")).toAbsolutePath();
    private final Path target =
            Path.of(System.getProperty("largesse.recording")).toAbsolutePath();
    private final Path home = Path.of("target", "recorded-home").toAbsolutePath();

    @Test
    void record() throws Exception {
        Files.createDirectories(home.resolve("keys"));
        Files.writeString(home.resolve("keys").resolve("codes.keys"), "2000-01-01 = " + "A".repeat(43) + "=\n");
        try (var services = EmbeddedServices.use(home)) {
            var settings = services.properties();
            finish(
                    "template",
                    "create",
                    "--file",
                    checkout.resolve("samples/templates/ten-off.yaml").toString());
            try (var sql = connect(settings)) {
                execute(sql, HOLD);
                killEach(sql);
                execute(sql, "DROP FUNCTION hold_here()");
                write(sql, settings);
            }
        }
    }

    private void killEach(Connection sql) throws Exception {
        var list = list(3_000);
        campaign("staging", "sequential", 3_000);
        kill(
                sql,
                "batch_step_execution",
                "UPDATE",
                "NEW.step_name = 'stage' AND NEW.commit_count >= 12",
                grant("staging", list));
        campaign("allotting", "sequential", 3_100);
        kill(sql, "allotment_block", "INSERT", "NEW.shard = 4", grant("allotting", list));
        campaign("issuing", "sequential", 41_100);
        kill(
                sql,
                "batch_step_execution",
                "UPDATE",
                "NEW.step_name = 'issue-part:002' AND NEW.commit_count >= 4",
                grant("issuing", list(2_050), "--quantity", "20"));
        campaign("reporting", "sequential", 3_000);
        kill(sql, "coupon_grant", "UPDATE", "NEW.report_key IS NOT NULL", grant("reporting", list));
        campaign("generating", "opaque", 0);
        kill(
                sql,
                "batch_step_execution",
                "UPDATE",
                "NEW.step_name = 'push-part:shard-5' AND NEW.commit_count > 0",
                "code",
                "generate",
                "generating",
                "--count",
                "3000");
    }

    private static String[] grant(String campaign, Path list, String... more) {
        var words = new ArrayList<>(List.of("grant", "start", campaign, list.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private Path list(int users) throws Exception {
        var rows = new ArrayList<>(List.of("user_id"));
        for (var i = 1; i <= users; i++) {
            rows.add(Node.user(i));
        }
        rows.add("nobody");
        return Files.write(home.resolve("users-" + users + ".csv"), rows);
    }

    private void campaign(String name, String format, int codes) throws Exception {
        var yaml = Files.readString(checkout.resolve("samples/campaigns/summer.yaml"))
                .replace("name: summer", "name: " + name)
                .replaceFirst("stock: \\d+", "stock: 50000")
                .replaceFirst("(?m)^codes: \\S+", "codes: " + format)
                .replaceFirst("opens: \\S+", "opens: 2000-01-01")
                .replaceFirst("closes: \\S+", "closes: 2099-12-31");
        finish(
                "campaign",
                "create",
                "--file",
                Files.writeString(home.resolve(name + ".yaml"), yaml).toString());
        if (codes > 0) {
            finish("code", "generate", name, "--count", Integer.toString(codes));
        }
    }

    private void finish(String... words) throws Exception {
        var process = start(words);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", words) + " ended with " + process.exitValue());
        }
    }

    private Process start(String... words) throws Exception {
        var line = new ArrayList<>(List.of(checkout.resolve("largesse").toString()));
        line.addAll(List.of(words));
        var builder = new ProcessBuilder(line).inheritIO();
        builder.environment().putAll(Map.of("LARGESSE_HOME", home.toString(), "LARGESSE_JOBS_CHUNK", "100"));
        return builder.start();
    }

    /** One session comes to the point; workers beside it soon wait for it, since Spring Batch updates one step at a time. */
    private void kill(Connection sql, String table, String event, String when, String... words) throws Exception {
        execute(
                sql,
                "CREATE TRIGGER hold_here BEFORE " + event + " ON " + table + " FOR EACH ROW WHEN (" + when
                        + ") EXECUTE FUNCTION hold_here()");
        var process = start(words);
        await().atMost(Duration.ofMinutes(3)).until(() -> !sleepers(sql).isEmpty());
        process.destroyForcibly().waitFor();
        execute(sql, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        await().atMost(Duration.ofMinutes(1)).until(() -> others(sql).isEmpty());
        execute(sql, "DROP TRIGGER hold_here ON " + table);
    }

    private static List<String> sleepers(Connection sql) throws SQLException {
        return RecordedStores.column(sql, "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
    }

    private static List<String> others(Connection sql) throws SQLException {
        return RecordedStores.column(
                sql,
                "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
                        + " AND datname = current_database()");
    }

    private void write(Connection sql, Map<String, String> settings) throws Exception {
        var parts = new ArrayList<>(RecordedStores.ofDatabase(sql));
        var redis = new RedisConnection(settings.get("spring.data.redis.url")).open();
        parts.addAll(RecordedStores.ofRedis(redis));
        redis.shutdown();
        try (var store = store(settings)) {
            for (var key : RecordedStores.column(sql, "SELECT DISTINCT object_key FROM grant_source ORDER BY 1")) {
                parts.add(RecordedStores.ofObject(store, key));
            }
        }
        Recording.write(target, parts);
    }

    private static S3ObjectStore store(Map<String, String> settings) {
        return new S3ObjectStore(new StoreSettings(
                URI.create(settings.get("largesse.store.endpoint")),
                settings.get("largesse.store.region"),
                settings.get("largesse.store.bucket"),
                settings.get("largesse.store.access-key"),
                settings.get("largesse.store.secret-key"),
                true,
                StoreSettings.Checksums.WHEN_REQUIRED,
                null));
    }

    private static Connection connect(Map<String, String> settings) throws SQLException {
        return DriverManager.getConnection(
                settings.get("spring.datasource.url"),
                settings.get("spring.datasource.username"),
                settings.get("spring.datasource.password"));
    }

    private static void execute(Connection sql, String statement) throws SQLException {
        try (var now = sql.createStatement()) {
            now.execute(statement);
        }
    }
}
