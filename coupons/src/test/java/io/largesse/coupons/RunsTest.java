package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Books.inTransaction;
import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunsTest {

    /** The common pool has a single thread on two cores. */
    private static final Executor THREAD_EACH = work -> new Thread(work).start();

    private static final RunProgress PROGRESS = new RunProgress("issue", 5, 10, 1, 2, Instant.EPOCH);

    private final Runs runs = the(Runs.class);
    private final String subject = Books.fresh("grant");
    private final String owner = Books.fresh("owner");

    @Test
    void ofStartsAtOnceOneWins() throws Exception {
        var started = Together.run(8, i -> () -> {
            try {
                return start("node-" + i).token();
            } catch (RefusedException e) {
                return e.why().code().equals("coupons.run.busy") ? 0L : -1L;
            }
        });

        assertThat(started).filteredOn(token -> token == 1).hasSize(1);
        assertThat(started).filteredOn(token -> token == 0).hasSize(7);
        assertThat(runs.of(subject)).hasSize(1);
    }

    @Test
    void otherJobsAndOtherSubjectsStartBesides() {
        start(owner);

        assertThat(runs.start(RunSpec.of("other-job", subject, ""), OPERATOR, owner)
                        .token())
                .isEqualTo(1);
        assertThat(runs.start(RunSpec.of("job", subject + "0", ""), OPERATOR, owner)
                        .token())
                .isEqualTo(1);
    }

    @Test
    void aTakeOverIsRefusedWhileTheLeaseHolds() {
        var hold = start(owner);

        assertRefused("coupons.run.busy", () -> runs.takeOver(hold.run(), "thief"));
        assertThat(runs.beat(hold, PROGRESS)).isTrue();
        assertThat(runs.find(hold.run()).owner()).isEqualTo(owner);
    }

    /** A process that is stopped between two statements of a beat keeps its transaction, and the run's row, for ever. */
    @Test
    void anOwnerFrozenInTheMidstOfABeatDoesNotHoldUpItsHeir() throws SQLException {
        var old = start(owner);
        lapse(old);
        try (var frozen = Books.connect(owner);
                var beat = frozen.createStatement()) {
            frozen.setAutoCommit(false);
            beat.execute("SELECT FROM run WHERE id = " + old.run() + " FOR UPDATE");

            var hold = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> runs.takeOver(old.run(), "heir"));

            assertThat(hold).isEqualTo(new RunHold(old.run(), 2));
        }
    }

    @Test
    void afterTheLeaseTheFormerHolderIsShutOut() {
        var old = start(owner);
        lapse(old);
        assertRefused("coupons.run.dead", () -> start("somebody"));
        var hold = runs.takeOver(old.run(), "heir");

        assertThat(hold).isEqualTo(new RunHold(old.run(), 2));
        assertThatThrownBy(() -> inTransaction(() -> runs.fence(old)))
                .isInstanceOfSatisfying(
                        FencedException.class, e -> assertThat(e.run()).isEqualTo(old.run()));
        assertThat(runs.beat(old, PROGRESS)).isFalse();
        assertThat(runs.end(old, RunState.FAILED, "late")).isFalse();
        assertThat(inTransaction(() -> runs.fence(hold))).isFalse();
        assertThat(runs.find(hold.run()))
                .returns("heir", Run::owner)
                .returns(2, Run::attempts)
                .returns(RunState.RUNNING, Run::state)
                .returns(true, Run::alive);
    }

    @Test
    void ofTakeOversAtOnceOneWins() throws Exception {
        var old = start(owner);
        lapse(old);
        var tokens = Together.run(4, i -> () -> {
            try {
                return runs.takeOver(old.run(), "heir-" + i).token();
            } catch (RefusedException e) {
                return e.why().code().equals("coupons.run.busy") ? 0L : -1L;
            }
        });

        assertThat(tokens).containsExactlyInAnyOrder(2L, 0L, 0L, 0L);
    }

    /** The transaction of the former holder has passed the fence: what it writes must count, so the heir waits. */
    @Test
    void aTakeOverWaitsForTheTransactionThatPassedTheFence() throws Exception {
        var old = start(owner);
        lapse(old);
        var heir = inTransaction(() -> {
            runs.fence(old);
            var waiting = CompletableFuture.supplyAsync(() -> runs.takeOver(old.run(), "heir"), THREAD_EACH);
            // in another session: a transaction sees the activity of its first look
            CompletableFuture.runAsync(() -> awaitWaiting("UPDATE run_token"), THREAD_EACH)
                    .join();
            assertThat(waiting).isNotDone();
            return waiting;
        });

        assertThat(heir.get(60, TimeUnit.SECONDS).token()).isEqualTo(2);
    }

    /** The other order: the former holder comes to the fence while the take-over is not yet committed. */
    @Test
    void theFenceWaitsForATakeOverAndThenRefuses() throws Exception {
        var old = start(owner);
        lapse(old);
        try (var heir = open("heir")) {
            heir.createStatement().execute("UPDATE run_token SET token = token + 1 WHERE run_id = " + old.run());
            var chunk = CompletableFuture.supplyAsync(() -> inTransaction(() -> runs.fence(old)), THREAD_EACH);
            awaitWaiting("SELECT r.state FROM run_token");
            heir.commit();

            assertThat(chunk)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(FencedException.class);
        }
    }

    @Test
    void heartbeatsDoNotWaitForChunks() throws Exception {
        var hold = start(owner);
        try (var chunk = open(owner)) {
            fence(chunk, hold);

            assertThat(CompletableFuture.supplyAsync(() -> runs.beat(hold, PROGRESS), THREAD_EACH))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isEqualTo(true);
            assertThat(runs.requestStop(hold.run())).isTrue();
        }
    }

    /** A process name is up to 60 characters long; the server cuts an application name after 63 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {10, 60})
    void aTakeOverUndoesWhatTheFormerOwnerHasNotCommitted(int length) throws Exception {
        var process = (Books.fresh("o") + "-" + "x".repeat(60)).substring(0, Math.max(length, 17));
        var mark = Books.fresh("mark");
        var old = start(process);
        try (var chunk = open(process);
                var bystander = open(process + "1")) {
            fence(chunk, old);
            chunk.createStatement().execute("INSERT INTO template (name, created_at) VALUES ('" + mark + "', now())");
            bystander.createStatement().execute("SELECT 1");
            lapse(old);

            assertThat(CompletableFuture.supplyAsync(() -> runs.takeOver(old.run(), "heir"), THREAD_EACH))
                    .succeedsWithin(Duration.ofSeconds(60))
                    .isEqualTo(new RunHold(old.run(), 2));
            assertThatThrownBy(chunk::commit).isInstanceOf(SQLException.class);
            bystander.createStatement().execute("SELECT 1");
        }
        assertThat(Books.count("SELECT count(*) FROM template WHERE name = ?", mark))
                .isZero();
    }

    @Test
    void aProcessThatTakesItsOwnRunBackKeepsItsSessions() throws Exception {
        var old = start(owner);
        lapse(old);
        try (var session = open(owner)) {
            session.createStatement().execute("SELECT 1");
            runs.takeOver(old.run(), owner);

            session.createStatement().execute("SELECT 1");
        }
    }

    @Test
    void aRequestToStopIsSeenAtTheFence() {
        var hold = start(owner);
        assertThat(inTransaction(() -> runs.fence(hold))).isFalse();

        assertThat(runs.requestStop(hold.run())).isTrue();
        assertThat(runs.requestStop(hold.run())).isFalse();
        assertThat(inTransaction(() -> runs.fence(hold))).isTrue();
        assertThat(runs.find(hold.run()).state()).isEqualTo(RunState.STOPPING);
        assertThat(runs.beat(hold, PROGRESS)).isTrue();
        assertRefused("coupons.run.busy", () -> start("other"));

        assertThat(runs.end(hold, RunState.STOPPED, null)).isTrue();
        assertThat(runs.find(hold.run())).returns(RunState.STOPPED, Run::state).returns(false, Run::alive);
        assertThat(runs.beat(hold, PROGRESS)).isFalse();
        assertThat(runs.requestStop(hold.run())).isFalse();
    }

    /** A node that ends leaves its runs to others, whoever asks first; what a person stops is left to nobody. */
    @Test
    void onlyWhatItsNodeHasStoppedIsLeftToOthers() {
        var left = start(owner);
        runs.requestStop(left.run());
        runs.end(left, RunState.STOPPED, null);
        runs.release(left.run());
        assertThat(runs.find(left.run()).state()).as("a person stopped it").isEqualTo(RunState.STOPPED);

        runs.handOver(left.run());
        assertThat(runs.requestStop(left.run())).as("a person comes late").isTrue();
        runs.release(left.run());
        assertThat(runs.find(left.run()).state()).isEqualTo(RunState.STOPPED);

        runs.handOver(left.run());
        runs.release(left.run());
        assertThat(runs.find(left.run()).state()).isEqualTo(RunState.RUNNING);
        runs.end(left, RunState.DONE, null);
    }

    @ParameterizedTest
    @EnumSource(names = {"STOPPED", "FAILED", "REFUSED"})
    void aRunThatEndedShortOfItsGoalGoesOn(RunState ended) {
        var first = start(owner);
        runs.end(first, ended, "why");
        var second = runs.takeOver(first.run(), owner);

        assertThat(second.token()).isEqualTo(2);
        assertThat(runs.find(first.run()))
                .returns(RunState.RUNNING, Run::state)
                .returns(null, Run::message)
                .returns(null, Run::endedAt)
                .returns(true, Run::alive);
    }

    @Test
    void aRunThatIsDoneIsOver() {
        var hold = start(owner);
        runs.end(hold, RunState.DONE, null);

        assertRefused("coupons.run.over", () -> runs.takeOver(hold.run(), owner));
        assertThat(start(owner).run()).isNotEqualTo(hold.run());
        assertThat(runs.last("job", subject).state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void anEarlierRunDoesNotGoOnBesideALaterOne() {
        var first = start(owner);
        runs.end(first, RunState.STOPPED, null);
        var second = start(owner);

        assertRefused("coupons.run.busy", () -> runs.takeOver(first.run(), owner));
        assertThat(runs.beat(second, PROGRESS)).isTrue();
    }

    @Test
    void aRefusalNamesTheRunThatWorksBeItTheLastOrNot() {
        var first = start(owner);
        runs.end(first, RunState.STOPPED, null);
        runs.end(start(owner), RunState.DONE, null);
        runs.takeOver(first.run(), owner);

        assertRefused("coupons.run.busy", () -> start("other"));
        assertThatThrownBy(() -> start("other")).hasMessageContaining("run " + first.run() + " of " + owner);
    }

    @Test
    void aBeatTellsTheProgressAndRenewsTheLease() {
        var hold = start(owner);
        lapse(hold);
        assertThat(runs.find(hold.run()).alive()).isFalse();

        assertThat(runs.beat(hold, PROGRESS)).isTrue();
        assertThat(runs.find(hold.run()))
                .returns(true, Run::alive)
                .returns("issue", Run::phase)
                .returns(5L, Run::done)
                .returns(10L, Run::total)
                .returns(1, Run::partitionsDone)
                .returns(2, Run::partitions)
                .returns(Instant.EPOCH, Run::phaseStartedAt);
    }

    @Test
    void anUnknownRunIsRefused() {
        assertRefused("coupons.run.unknown", () -> runs.find(-1));
        assertRefused("coupons.run.unknown", () -> runs.takeOver(-1, owner));
        assertThat(runs.last("job", subject)).isNull();
    }

    private RunHold start(String by) {
        return runs.start(RunSpec.of("job", subject, ""), OPERATOR, by);
    }

    private static void lapse(RunHold hold) {
        sql().update("UPDATE run SET lease_until = now() - interval '1 second' WHERE id = ?", hold.run());
    }

    private static Connection open(String applicationName) throws SQLException {
        var connection = Books.connect(applicationName);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void fence(Connection connection, RunHold hold) throws SQLException {
        try (var passed = connection
                .createStatement()
                .executeQuery("SELECT 1 FROM run_token WHERE run_id = " + hold.run() + " AND token = " + hold.token()
                        + " FOR SHARE")) {
            assertThat(passed.next()).isTrue();
        }
    }

    private static void awaitWaiting(String statement) {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Books.count(
                        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE ?",
                        statement + "%")
                == 0) {
            assertThat(System.nanoTime()).as("nobody waits for " + statement).isLessThan(end);
        }
    }
}
