package io.largesse.samples.bench;

import static io.largesse.samples.bench.Moment.CODES_ALLOTTED;
import static io.largesse.samples.bench.Moment.COUPONS_ISSUED;
import static io.largesse.samples.bench.Moment.DONE;
import static io.largesse.samples.bench.Moment.RECEIVED;
import static io.largesse.samples.bench.Trap.Point.COMMIT;
import static io.largesse.samples.bench.Trap.Point.FIRST_ROW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that die or go away under the program. */
class ServersKilledTest {

    private static final int USERS = 900;

    private final Site site = SharedSite.get();

    @Test
    void postgresKilledWithCouponsCopiedAndNotCommitted() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 4, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.killPostgres();
            assertThat(program.exitCode()).as(program.toString()).isEqualTo(4);
            site.awaitServers();
        }
        grant.restartUntilDone();
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void allServersKilledWithCodesTakenAndNotInPostgres() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, CODES_ALLOTTED, 4, FIRST_ROW);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.killEverything();
            assertThat(program.exitCode()).as(program.toString()).isNotZero();
            site.awaitServers();
        }
        grant.restartUntilDone();
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void redisKilledBetweenTheCommitOfABlockAndItsDrop() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, CODES_ALLOTTED, 4, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.killRedis();
            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isIn(0, 4);
        }
        grant.restartUntilDone();
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void theServicesProcessKilledWhileCouponsAreIssued() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, COUPONS_ISSUED, 4, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.killServices();
            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void theObjectStoreAwayAtReceiveLeavesNothingBehind() {
        var grant = site.trial(USERS);
        try (var sql = site.stores.sql()) {
            sql.run("BEGIN");
            sql.run("LOCK TABLE campaign"); // it reads the campaign first, then it stores the file
            try (var program = grant.start()) {
                Waiting.until("the program to ask for its campaign", () -> program.mustRun() && isWaiting());
                site.faults.stopObjectStore();
                sql.run("COMMIT");
                assertThat(program.exitCode()).as(program.toString()).isEqualTo(1);
                assertThat(program.err()).contains("the object store at").doesNotContain("\tat ");
            }
        } finally {
            site.faults.startObjectStore();
        }
        assertThat(grant.isReceived()).isFalse();
        assertThat(site.auditor.findings(grant.campaign().id(), List.of())).isEmpty();
        try (var program = grant.start()) {
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void theObjectStoreAwayAtStagingIsGoneOnWith() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, RECEIVED, 1, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.stopObjectStore();
            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isEqualTo(4);
            assertThat(program.err()).contains("the object store at");
        } finally {
            site.faults.startObjectStore();
        }
        grant.restartUntilDone();
        assertThat(grant.findings()).isEmpty();
    }

    @Test
    void theObjectStoreAwayAtTheReportLeavesItPending() {
        var grant = site.trial(USERS);
        try (var trap = Trap.set(site.stores, DONE, 1, COMMIT);
                var program = grant.start()) {
            trap.awaitCatch(program);
            site.faults.stopObjectStore();
            trap.release();
            assertThat(program.exitCode()).as(program.toString()).isZero();
        } finally {
            site.faults.startObjectStore();
        }
        var report = site.home.resolve("report-" + grant.id() + ".xlsx");
        try (var program = site.program("grant", "report", Long.toString(grant.id()), "--to", report.toString())) {
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
        assertThat(report).isNotEmptyFile();
        assertThat(grant.findings()).isEmpty();
    }

    private boolean isWaiting() {
        try (var sql = site.stores.sql()) {
            return sql.number("SELECT count(*) FROM pg_locks WHERE relation = 'campaign'::regclass AND NOT granted")
                    > 0;
        }
    }
}
