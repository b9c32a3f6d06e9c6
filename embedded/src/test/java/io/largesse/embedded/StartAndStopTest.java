package io.largesse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StartAndStopTest {
    private static TestHome home;

    @BeforeAll
    static void freshHome() throws IOException {
        home = TestHome.fresh(StartAndStopTest.class);
    }

    @AfterEach
    void nothingIsLeftBehind() {
        home.awaitStopped();
    }

    @Test
    void aRestartKeepsDataPortsAndSecrets() {
        var first = EmbeddedServices.use(home.path);
        var settings = first.properties();
        new Stores(settings).mark("kept");
        first.close();
        home.awaitStopped();

        try (var second = EmbeddedServices.use(home.path)) {
            assertThat(second.properties()).isEqualTo(settings);
            assertThat(new Stores(settings).hold("kept")).isTrue();
        }
    }

    @Test
    void usersThatComeAtTheSameInstantShareAndTheLastOneOutStopsEvenWhenKilled() throws IOException {
        try (var one = UserProcess.of(home.path);
                var other = UserProcess.of(home.path);
                var third = UserProcess.of(home.path)) {
            var settings = one.settings();
            assertThat(other.settings()).isEqualTo(settings);
            assertThat(third.settings()).isEqualTo(settings);
            assertThat(home.status().userPids()).containsExactlyInAnyOrder(one.pid(), other.pid(), third.pid());
            var servers = home.processes().stream().filter(line -> line.contains("redis-server"));
            assertThat(servers).hasSize(1);

            one.close();
            other.kill();
            await().atMost(TestHome.PATIENCE)
                    .until(() -> home.status().userPids().size() == 1);
            new Stores(settings).mark("shared");

            third.kill();
            home.awaitStopped();
        }
    }

    @Test
    void whoeverComesWhileTheyStopGetsThemBack() {
        var before = EmbeddedServices.use(home.path);
        before.close();
        await().atMost(TestHome.PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
            var state = ServicesState.read(home.home());
            return state == null || state.phase() == ServicesState.Phase.STOPPING;
        });

        try (var after = EmbeddedServices.use(home.path)) {
            new Stores(after.properties()).sql("SELECT 1");
        }
    }

    @Test
    void stopRefusesWhileSomebodyUsesThemUnlessForced() throws IOException {
        try (var user = UserProcess.of(home.path)) {
            var settings = user.settings();
            assertThat(EmbeddedServices.stop(home.path, Duration.ofSeconds(5)))
                    .isEqualTo(new StopOutcome.InUse(java.util.List.of(user.pid())));
            assertThat(new Stores(settings).redis("PING")).isEqualTo("PONG");

            assertThat(EmbeddedServices.stopEvenIfUsed(home.path, TestHome.PATIENCE))
                    .isEqualTo(new StopOutcome.Stopped());
            // longer than the user's watchdog takes to look
            await().during(Duration.ofMillis(1_500)).atMost(TestHome.PATIENCE).until(() -> !home.status()
                    .running());
            assertThat(EmbeddedServices.stop(home.path, Duration.ofSeconds(1))).isInstanceOf(StopOutcome.InUse.class);

            try (var again = EmbeddedServices.use(home.path)) {
                assertThat(again.properties()).isEqualTo(settings);
            }
        }
        home.awaitStopped();
        assertThat(EmbeddedServices.stop(home.path, Duration.ofSeconds(1))).isEqualTo(new StopOutcome.NotRunning());
    }
}
