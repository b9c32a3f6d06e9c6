package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** Ctrl-C, a kill, and what comes after them. */
class StopTest {

    private static final int USERS = 20_000;

    /** One worker, so that nothing goes on beside the chunk that is held. */
    private static final Map<String, String> ONE_BY_ONE =
            Map.of("LARGESSE_JOBS_CHUNK", "100", "LARGESSE_JOBS_WORKERS", "1", "LARGESSE_LANG", "en");

    private static final Executor THREAD_EACH = work -> new Thread(work).start();

    private final Program program = Program.shared();
    private final Sample sample = new Sample(program);

    @Test
    void ctrlCStopsAfterAChunkAndARestartGivesEverybodyOne() throws Exception {
        var campaign = sample.campaign(USERS);
        var list = sample.list(USERS).toString();
        program.json("code", "generate", campaign, "--to-level", Integer.toString(USERS));

        try (var held = HeldChunk.hold(program, 2);
                var child = start("grant", "start", campaign, list, "--json")) {
            child.awaitNote("issuing coupons");
            held.awaitCaught();
            child.interrupt();
            held.releaseOnceAskedToStop(grantOf(campaign));
            assertThat(child.exitCode()).isEqualTo(4);

            var json = Program.lastLine(Files.readString(child.out()));
            assertThat(json.get("state").asString()).isEqualTo("STOPPED");
            assertThat(json.get("error").get("code").asString()).isEqualTo("stopped");
            assertThat(json.get("issued").asInt()).isPositive().isLessThan(USERS);
            var grant = json.get("grantId").asString();
            assertThat(program.run("grant", "stop", grant).code()).isEqualTo(3);

            var done = program.json("grant", "restart", grant);

            assertThat(done.get("state").asString()).isEqualTo("DONE");
            assertThat(program.json("pool", "show", campaign).get("coupons").asInt())
                    .isEqualTo(USERS);
        }
    }

    @Test
    void aGrantIsStoppedFromAnotherTerminal() throws Exception {
        var campaign = sample.campaign(USERS);
        var list = sample.list(USERS).toString();

        try (var held = HeldChunk.hold(program, 2);
                var child = start("grant", "start", campaign, list, "--generate")) {
            child.awaitNote("issuing coupons");
            held.awaitCaught();
            var grant = grantOf(campaign);
            var running = program.json("grant", "show", grant);
            assertThat(running.get("run").get("alive").asBoolean()).isTrue();

            // it waits for the end
            var stop = CompletableFuture.supplyAsync(() -> program.json("grant", "stop", grant), THREAD_EACH);
            held.releaseOnceAskedToStop(grant);
            var stopped = stop.get();

            assertThat(stopped.get("state").asString()).isEqualTo("STOPPED");
            assertThat(child.exitCode()).isEqualTo(4);
            assertThat(program.json("grant", "restart", grant).get("issued").asInt())
                    .isEqualTo(USERS);
        }
    }

    @Test
    void aPauseStopsRunningGrants() throws Exception {
        var campaign = sample.campaign(USERS);
        var list = sample.list(USERS).toString();

        try (var held = HeldChunk.hold(program, 2);
                var child = start("grant", "start", campaign, list, "--generate")) {
            child.awaitNote("issuing coupons");
            held.awaitCaught();
            program.json("campaign", "pause", campaign);
            held.releaseOnceAskedToStop(grantOf(campaign));
            assertThat(child.exitCode()).isEqualTo(4);
        }
    }

    private String grantOf(String campaign) {
        return program.json("grant", "list", "--campaign", campaign)
                .get("grants")
                .get(0)
                .get("grantId")
                .asString();
    }

    private Child start(String... words) throws Exception {
        var line = new java.util.ArrayList<>(List.of(words));
        line.addAll(List.of("--home", program.home().toString()));
        return Child.start(ONE_BY_ONE, List.of(), line.toArray(String[]::new));
    }
}
