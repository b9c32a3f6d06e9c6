package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Expirations;
import io.largesse.coupons.Grant;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Coupons past their end expire, whatever else goes on, and no others. */
class SweepTest extends Revoking {

    @Test
    void unspentCouponsPastTheirEndExpireAndNoOthers() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        endAt(grant, now.minusSeconds(60), 1, 400);
        endAt(grant, now, 401, 500);
        endAt(grant, now.plusSeconds(3_600), 501, 600);
        endAt(grant, now.minusSeconds(60), 601, 700);
        for (int i = 601; i <= 610; i++) {
            setStatus(grant, i % 2 == 0 ? "LOCKED" : "REDEEMED", Node.user(i));
        }
        setStatus(grant, "REVOKED", Node.user(611));

        assertThat(sweep(campaign, now).state()).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("EXPIRED 589, ISSUED 400, LOCKED 5, REDEEMED 5, REVOKED 1");
        assertThat(node.count(
                        "SELECT count(*) FROM coupon WHERE campaign_id = ? AND status = 'EXPIRED' AND valid_to > ?",
                        campaign.id(),
                        java.sql.Timestamp.from(now)))
                .isZero();
        requireConserved(campaign);
    }

    /** While users claim, they are taken a few at a time. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofManyPagesNoneIsMissed(boolean usersClaim) {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        endAt(grant, Instant.now().minusSeconds(60), 1, USERS);
        var expirations = node.bean(Expirations.class);
        var partition = expirations.partitions(campaign.id()).get(0);
        assertThat(partition.pages()).isGreaterThan(20);

        usersClaim(usersClaim);
        var expired = expirations.expire(partition.name(), 0, partition.pages() - 1, campaign.id(), Instant.now());
        usersClaim(false);

        assertThat(expired).isEqualTo(USERS);
        assertThat(statuses(grant)).isEqualTo("EXPIRED " + USERS);
    }

    /** Of all campaigns, those too that never had any coupon. */
    @Test
    void aSweepOfAllLooksAtEveryPartition() {
        var one = done(campaign(USERS), 1, Node.list(USERS));
        var other = done(campaign(USERS), 1, Node.list(USERS));
        endAt(one, Instant.now().minusSeconds(60), 1, 10);
        endAt(other, Instant.now().minusSeconds(60), 1, 20);

        assertThat(sweep(null, null).state()).isEqualTo(RunState.DONE);

        assertThat(statuses(one)).isEqualTo("EXPIRED 10, ISSUED 990");
        assertThat(statuses(other)).isEqualTo("EXPIRED 20, ISSUED 980");
    }

    /** Two at once would leave no processor to those who claim on a small machine. */
    @Test
    void aSweepWorksOnOnePartAfterTheOther() {
        var grant = done(campaign(USERS), 1, Node.list(USERS));
        node.sql().query("SELECT ensure_coupon_partition(1000000)", row -> {});
        node.sql()
                .update(
                        "INSERT INTO coupon SELECT (c).* FROM (SELECT jsonb_populate_record(coupon,"
                                + " '{\"campaign_id\": 1000000}') AS c FROM coupon WHERE campaign_id = ? AND source_id = ?) x",
                        grant.campaignId(),
                        grant.id());

        assertThat(sweep(null, null).state()).isEqualTo(RunState.DONE);

        var parts = " FROM batch_step_execution a WHERE step_name LIKE 'expire-part:%' AND job_execution_id ="
                + " (SELECT max(job_execution_id) FROM batch_step_execution WHERE step_name = 'expire')";
        assertThat(node.count("SELECT count(*)" + parts)).isGreaterThan(1);
        assertThat(node.count("SELECT count(*)" + parts + " AND EXISTS (SELECT FROM batch_step_execution b"
                        + " WHERE b.job_execution_id = a.job_execution_id AND b.step_name LIKE 'expire-part:%'"
                        + " AND b.step_execution_id <> a.step_execution_id"
                        + " AND b.start_time < a.end_time AND a.start_time < b.end_time)"))
                .as("parts that had another one beside them")
                .isZero();
        node.sql().execute("DROP TABLE coupon_1000000");
    }

    /** A coupon that is being spent just now is waited for, and stays as its buyer left it. */
    @Test
    void aCouponThatIsSpentMeanwhileIsSpent() throws Exception {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        endAt(grant, Instant.now().minusSeconds(60), 1, USERS);
        var swept = new CompletableFuture<RunOutcome>();
        try (var shop = node.bean(DataSource.class).getConnection()) {
            shop.setAutoCommit(false);
            var pid = redeem(shop, campaign, Node.user(500));
            new Thread(() -> swept.complete(sweep(campaign, null))).start();
            Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(60))
                    .until(() -> node.count(
                                    "SELECT count(*) FROM pg_stat_activity WHERE pg_blocking_pids(pid) @> ARRAY[?::int]",
                                    pid)
                            > 0);
            assertThat(swept.isDone()).isFalse();
            shop.commit();
        }
        assertThat(swept.get().state()).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("EXPIRED 999, REDEEMED 1");
    }

    @Test
    void aSweepThatLosesItsSessionOrIsStoppedGoesOn() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        endAt(grant, Instant.now().minusSeconds(60), 1, USERS);
        ambush().loseSession(
                        "batch_step_execution",
                        "NEW.commit_count > OLD.commit_count AND NEW.step_name LIKE 'expire-part%'",
                        3);
        var failed = sweep(campaign, null);
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        ambush().lift();
        var stopped = new AtomicReference<RunOutcome>();
        try (var hold = ambush().holdChunk("expire-part%", 2)) {
            stopped.set(jobs().restart(failed.run(), Node.operator(), p -> {
                if (p.phase().equals("expire") && p.partitions() > 0 && isHeld()) {
                    node.bean(Runs.class).requestStop(failed.run());
                    hold.close();
                }
            }));
        }
        assertThat(stopped.get().state()).isEqualTo(RunState.STOPPED);

        assertThat(jobs().restart(failed.run(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("EXPIRED " + USERS);
    }

    @Test
    void codesOfACampaignThatHasEndedAreVoidAndGone() {
        var campaign = campaign(USERS);
        done(campaign, 1, Node.list(USERS / 4));
        node.bean(Campaigns.class).end(campaign, Node.operator());

        assertThat(sweep(now(campaign), null).state()).isEqualTo(RunState.DONE);
        assertThat(sweep(now(campaign), null).state()).as("once more").isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isZero();
        assertThat(node.pools().level(campaign.pool()).sum())
                .as("of the old pool")
                .isZero();
        assertThat(now(campaign).voided()).isEqualTo(USERS - USERS / 4);
        assertThat(node.count("SELECT count(*) FROM run WHERE job = 'rebuild-pool' AND campaign_id = ?", campaign.id()))
                .isEqualTo(1);
        requireConserved(campaign);
    }

    @Test
    void codesThatAnotherRunMovesAreLeftToTheNextSweepAndTold() {
        var campaign = campaign(USERS);
        node.bean(Campaigns.class).end(campaign, Node.operator());
        var runs = node.bean(Runs.class);
        var other = runs.start(
                RunSpec.beside("another", "campaign " + campaign.id(), "", campaign.id()), Node.operator(), "node:1:x");

        var swept = sweep(now(campaign), null);

        assertThat(swept.state()).isEqualTo(RunState.DONE);
        assertThat(java.util.Objects.requireNonNull(swept.why()).toString()).contains(campaign.name());
        assertThat(level(campaign)).isEqualTo(USERS);
        runs.end(other, RunState.DONE, null);
        assertThat(sweep(now(campaign), null).why()).isNull();
        assertThat(level(campaign)).isZero();
        requireConserved(campaign);
    }

    /** Spring Batch writes its instance and its execution one after the other. */
    @Test
    void aRunThatDiesBetweenItsFirstRecordsGoesOn() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        endAt(grant, Instant.now().minusSeconds(60), 1, USERS);
        ambush().loseSessionAtInsert("batch_job_execution");

        var failed = sweep(campaign, null);

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThat(
                        node.count(
                                "SELECT count(*) FROM batch_job_instance i WHERE job_name = 'sweep-expired'"
                                        + " AND NOT EXISTS (SELECT FROM batch_job_execution e WHERE e.job_instance_id = i.job_instance_id)"))
                .isEqualTo(1);
        assertThat(jobs().restart(failed.run(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        assertThat(statuses(grant)).isEqualTo("EXPIRED " + USERS);
    }

    @Test
    void aSweepThatFailsOverTheCodesOfACampaignGoesOnWithThem() {
        var campaign = campaign(USERS);
        node.bean(Campaigns.class).end(campaign, Node.operator());
        ambush().loseSession("campaign", "NEW.voided > OLD.voided", 1);

        var failed = sweep(now(campaign), null);

        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(level(campaign)).isEqualTo(USERS);
        ambush().lift();
        assertThat(jobs().restart(failed.run(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        assertThat(level(campaign)).isZero();
        assertThat(now(campaign).voided()).isEqualTo(USERS);
        requireConserved(campaign);
    }

    @Test
    void whatHasNotEndedByTheDatabasesClockStays() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        var soon = Instant.now().plusSeconds(3_600);
        endAt(grant, soon, 1, USERS);
        var page = node.bean(Expirations.class);
        for (var partition : page.partitions(campaign.id())) {
            page.expire(partition.name(), 0, partition.pages() - 1, campaign.id(), soon.plusSeconds(1));
        }
        assertThat(statuses(grant)).isEqualTo("ISSUED " + USERS);
    }

    @Test
    void whatHasNotEndedIsNotSwept() {
        var campaign = campaign(1);
        var tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        assertThatThrownBy(() -> sweep(campaign, tomorrow))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("have not ended");
        assertThatThrownBy(() ->
                        jobs().run("sweep-expired", java.util.Map.of("cutoff", "yesterday"), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("UTC");
    }

    private static boolean isHeld() {
        return node.count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") > 0;
    }

    private static int redeem(java.sql.Connection shop, Campaign campaign, String user) throws SQLException {
        try (var update =
                shop.prepareStatement("UPDATE coupon SET status = 'REDEEMED' WHERE campaign_id = ? AND user_id = ?"
                        + " RETURNING pg_backend_pid()")) {
            update.setLong(1, campaign.id());
            update.setString(2, user);
            try (var answer = update.executeQuery()) {
                assertThat(answer.next()).isTrue();
                return answer.getInt(1);
            }
        }
    }

    /** Or have not done so lately, by what is on record. */
    private static void usersClaim(boolean now) {
        node.sql()
                .update(
                        "INSERT INTO claim_shard (shard, written_millis)"
                                + " VALUES (0, CASE WHEN ? THEN extract(epoch FROM now()) * 1000 ELSE 0 END)"
                                + " ON CONFLICT (shard) DO UPDATE SET written_millis = excluded.written_millis",
                        now);
    }

    private static void endAt(Grant grant, Instant end, int first, int last) {
        var changed = node.sql()
                .update(
                        "UPDATE coupon SET valid_from = '2020-01-01', valid_to = ? WHERE campaign_id = ? AND source_id = ?"
                                + " AND user_id BETWEEN ? AND ?",
                        java.sql.Timestamp.from(end),
                        grant.campaignId(),
                        grant.id(),
                        Node.user(first),
                        Node.user(last));
        assertThat(changed).isEqualTo(last - first + 1);
    }

    private static RunOutcome sweep(@Nullable Campaign campaign, @Nullable Instant cutoff) {
        return node.bean(SweepDesk.class).sweep(campaign, cutoff, Node.operator(), p -> {});
    }

    private static JobDesk jobs() {
        return node.bean(JobDesk.class);
    }
}
