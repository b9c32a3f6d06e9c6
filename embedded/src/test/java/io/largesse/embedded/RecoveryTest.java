package io.largesse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static TestHome home;

    @BeforeAll
    static void freshHome() throws IOException {
        home = TestHome.fresh(RecoveryTest.class);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        home.awaitStopped();
    }

    private static ConditionFactory soon() {
        return await().atMost(TestHome.PATIENCE).ignoreExceptions();
    }

    @Test
    void everythingKilledAtOnceComesBackUnderALivingUser() throws IOException {
        try (var user = UserProcess.of(home.path)) {
            var stores = new Stores(user.settings());
            stores.mark("everything-killed");
            Faults.in(home.path).killEverything();
            soon().until(() -> stores.hold("everything-killed"));
        }
    }

    @Test
    void everythingAndEveryUserKilledLeavesServersThatTheNextUserTakesOver() throws IOException {
        var user = UserProcess.of(home.path);
        var settings = user.settings();
        new Stores(settings).mark("all-killed");
        killWithItsServicesProcess(user);
        assertThat(home.processes()).isNotEmpty();

        try (var next = EmbeddedServices.use(home.path)) {
            assertThat(next.properties()).isEqualTo(settings);
            assertThat(new Stores(settings).hold("all-killed")).isTrue();
        }
    }

    @Test
    void stopAlsoEndsServersWhoseServicesProcessIsGone() throws IOException {
        var user = UserProcess.of(home.path);
        user.settings();
        killWithItsServicesProcess(user);
        assertThat(home.processes()).isNotEmpty();

        assertThat(EmbeddedServices.stop(home.path, TestHome.PATIENCE)).isEqualTo(new StopOutcome.Stopped());
    }

    /**
     * The user must not start a new services process, so it goes first; the services process must not stop the servers
     * because nobody is left, so it is frozen before.
     */
    private static void killWithItsServicesProcess(UserProcess user) throws IOException {
        var services = ProcessHandle.of(home.status().pid().orElseThrow()).orElseThrow();
        new ProcessBuilder("kill", "-STOP", Long.toString(services.pid()))
                .start()
                .onExit()
                .join();
        user.kill();
        services.destroyForcibly();
        services.onExit().join();
    }

    @Test
    void pidFilesThatNameAStrangerHurtNobody() throws IOException {
        try (var services = EmbeddedServices.use(home.path)) {
            new Stores(services.properties()).mark("stranger");
        }
        home.awaitStopped();
        var stranger = new ProcessBuilder("sleep", "600").start();
        try {
            var pid = Long.toString(stranger.pid());
            Files.writeString(
                    home.home().postgresData().resolve("postmaster.pid"),
                    pid + "\n" + home.home().postgresData() + "\n1700000000\n"
                            + home.home().postgres().port() + "\n\n127.0.0.1\n1 1\nready   \n");
            Files.writeString(home.home().redisPid(), pid + "\n");
            try (var services = EmbeddedServices.use(home.path)) {
                assertThat(new Stores(services.properties()).hold("stranger")).isTrue();
                Files.writeString(home.home().redisPid(), "garbage");
            }
            home.awaitStopped();
            assertThat(stranger.isAlive()).isTrue();
            Files.writeString(home.home().postgresData().resolve("postmaster.pid"), "\0garbage");
            try (var services = EmbeddedServices.use(home.path)) {
                assertThat(new Stores(services.properties()).hold("stranger")).isTrue();
            }
        } finally {
            stranger.destroyForcibly().onExit().join();
        }
    }

    @Test
    void portsThatSomebodyElseTookAreReplaced() throws IOException {
        EmbeddedServices.use(home.path).close();
        home.awaitStopped();
        var loopback = InetAddress.getByName(Ports.LOOPBACK);
        var all = home.home();
        try (var one = new ServerSocket(all.postgres().port(), 1, loopback);
                var other = new ServerSocket(all.redis().port(), 1, loopback);
                var third = new ServerSocket(all.objectStore().port(), 1, loopback);
                var services = EmbeddedServices.use(home.path)) {
            new Stores(services.properties()).mark("other-ports");
            assertThat(all.postgres().port()).isNotEqualTo(one.getLocalPort());
            assertThat(all.redis().port()).isNotEqualTo(other.getLocalPort());
            assertThat(all.objectStore().port()).isNotEqualTo(third.getLocalPort());
        }
    }

    @Test
    void damagedDataRefusesSoonAndSaysWhatToDo() throws IOException {
        EmbeddedServices.use(home.path).close();
        home.awaitStopped();
        var control = home.home().postgresData().resolve("global/pg_control");
        var sound = Files.readAllBytes(control);
        Files.write(control, new byte[100]);
        try {
            assertThatThrownBy(() -> EmbeddedServices.use(home.path))
                    .isInstanceOf(ServicesException.class)
                    .hasMessageContaining("pg_control")
                    .hasMessageContaining("move that directory away")
                    .hasMessageContaining("services.log");
            home.awaitStopped();
        } finally {
            Files.write(control, sound);
        }
        EmbeddedServices.use(home.path).close();
    }
}
