package io.largesse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What holds of services while they are in use: how they are set up, and that a fault does not end them. */
class RunningServicesTest {
    private static TestHome home;
    private static EmbeddedServices services;
    private static Stores stores;

    @BeforeAll
    static void useThem() throws IOException {
        home = TestHome.fresh(RunningServicesTest.class);
        services = EmbeddedServices.use(home.path);
        stores = new Stores(services.properties());
    }

    @AfterAll
    static void nothingIsLeftBehind() {
        services.close();
        home.awaitStopped();
    }

    private static ConditionFactory soon() {
        return await().atMost(TestHome.PATIENCE).ignoreExceptions();
    }

    @Test
    void severalHoldsOfOneProcessCountEach() {
        try (var another = EmbeddedServices.use(home.path)) {
            assertThat(another.properties()).isEqualTo(services.properties());
            assertThat(home.status().userPids()).hasSize(2);
        }
        assertThat(home.status().userPids())
                .containsExactly(ProcessHandle.current().pid());
        assertThat(stores.redis("PING")).isEqualTo("PONG");
    }

    @Test
    void postgresIsDurablePrivateAndItsOwnerIsNoSuperuser() {
        assertThat(stores.sql("SHOW fsync")).isEqualTo("on");
        assertThat(stores.sql("SHOW synchronous_commit")).isEqualTo("on");
        assertThat(stores.sql("SHOW full_page_writes")).isEqualTo("on");
        assertThat(stores.sql("SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(stores.sql("SHOW log_timezone")).isEqualTo("UTC");
        assertThat(stores.sql("SELECT datcollate FROM pg_database WHERE datname = 'largesse'"))
                .isEqualTo("C");
        assertThat(stores.sql("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(stores.sql("SELECT pg_has_role('pg_signal_backend', 'member')"))
                .isEqualTo("t");
        assertThat(stores.sql("SHOW listen_addresses")).isEqualTo("127.0.0.1");

        var wrong = new HashMap<>(services.properties());
        wrong.put("spring.datasource.password", "wrong");
        assertThatThrownBy(() -> new Stores(wrong).sql("SELECT 1")).hasMessageContaining("password");
    }

    @Test
    void redisAndTheObjectStoreKeepWhatTheyAcceptAndAskForSecrets() {
        assertThat(stores.redis("CONFIG GET appendonly")).endsWith("yes");
        assertThat(stores.redis("CONFIG GET appendfsync")).endsWith("always");
        assertThat(stores.redis("CONFIG GET maxmemory-policy")).endsWith("noeviction");
        assertThat(stores.redis("CONFIG GET protected-mode")).endsWith("yes");
        assertThat(stores.redis("CONFIG GET bind")).endsWith("127.0.0.1");

        var wrong = new HashMap<>(services.properties());
        wrong.put("largesse.store.secret-key", "wrong");
        wrong.computeIfPresent("spring.data.redis.url", (key, url) -> url.replaceAll(":[^:@]*@", ":wrong@"));
        assertThatThrownBy(() -> new Stores(wrong).putObject("intruder", "x")).hasMessageContaining("signature");
        assertThatThrownBy(() -> new Stores(wrong).redis("PING")).hasMessageContaining("WRONGPASS");
    }

    @Test
    void onlyTheOwnerMayReadTheFiles() throws IOException {
        assertThat(services.properties()).hasSize(9);
        for (var directory :
                new String[] {"services", "services/users", "data", "data/postgres", "data/redis", "data/s3", "logs"}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.path.resolve(directory))))
                    .isEqualTo("rwx------");
        }
        for (var file : new String[] {"postgres.properties", "redis.properties", "s3.properties", "redis.conf"}) {
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(home.home().services().resolve(file))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void statusTellsWhatRunsAndCreatesNothing() throws IOException {
        var nowhere = home.path.resolveSibling("nowhere");
        assertThat(EmbeddedServices.status(nowhere).running()).isFalse();
        assertThat(Files.exists(nowhere)).isFalse();

        stores.mark("counted");
        var status = home.status();
        assertThat(status.running()).isTrue();
        assertThat(status.pid()).isPresent();
        assertThat(status.uptime()).isPositive();
        assertThat(status.services()).allSatisfy(service -> {
            assertThat(service.running()).isTrue();
            assertThat(service.port()).isPositive();
            assertThat(service.dataBytes()).isPositive();
        });
    }

    @Test
    void aKilledPostgresComesBackOnItsPortWithItsData() {
        stores.mark("postgres-killed");
        Faults.in(home.path).killPostgres();
        soon().until(() -> stores.hold("postgres-killed"));
        // and once more, at once
        Faults.in(home.path).killPostgres();
        soon().until(() -> stores.hold("postgres-killed"));
    }

    @Test
    void aKilledBackendCostsSessionsOnly() throws Exception {
        stores.mark("backend-killed");
        try (var connection = stores.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT pg_backend_pid()")) {
            rows.next();
            var backend = ProcessHandle.of(rows.getLong(1)).orElseThrow();
            backend.destroyForcibly();
            // it is there until PostgreSQL has noticed
            backend.onExit().join();
        }
        soon().until(() -> stores.hold("backend-killed"));
    }

    @Test
    void aKilledRedisComesBackOnItsPortWithItsData() {
        stores.mark("redis-killed");
        Faults.in(home.path).killRedis();
        soon().until(() -> stores.hold("redis-killed"));
    }

    @Test
    void aKilledServicesProcessIsReplacedUnderItsUsersWithoutARestartOfTheServers() throws Exception {
        stores.mark("services-killed");
        var before = home.status();
        try (var connection = stores.connect();
                var statement = connection.createStatement()) {
            Faults.in(home.path).killServices();
            soon().until(() -> home.status().running());
            // the session lived through it
            statement.execute("SELECT 1");
        }
        assertThat(home.status().pid()).isNotEqualTo(before.pid());
        assertThat(home.status().services().get(0).pid())
                .isEqualTo(before.services().get(0).pid());
        assertThat(home.status().services().get(1).pid())
                .isEqualTo(before.services().get(1).pid());
        assertThat(stores.hold("services-killed")).isTrue();

        // servers that were taken over are looked after like others
        Faults.in(home.path).killPostgres();
        Faults.in(home.path).killRedis();
        soon().until(() -> stores.hold("services-killed"));
    }

    @Test
    void theObjectStoreCanBeTakenAwayAndBroughtBack() {
        stores.mark("store-away");
        Faults.in(home.path).stopObjectStore();
        assertThatThrownBy(() -> stores.object("store-away")).hasMessageContaining("refused");
        Faults.in(home.path).startObjectStore();
        assertThat(stores.hold("store-away")).isTrue();
    }
}
