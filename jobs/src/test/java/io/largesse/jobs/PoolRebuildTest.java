package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignChange;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimRequest;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.ClaimTerms;
import io.largesse.pools.Claims;
import io.largesse.pools.Taker;
import io.largesse.writers.ClaimWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;

/** Pools that are left for others: what somebody holds stays, nothing else ever leaves, and there are as many codes as before. */
class PoolRebuildTest extends Revoking {

    @Test
    void afterATotalLossTheRestIsVoidAndGeneratedAnew() {
        var campaign = campaign(3 * USERS);
        var stopped = stoppedPartWay(campaign);
        var before = level(campaign);
        var old = inPool(campaign);
        loseKeysOf(campaign);
        assertThat(books(campaign).lost()).isEqualTo(before);

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);

        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
        assertThat(now(campaign).voided()).isEqualTo(before);
        assertThat(level(campaign)).isEqualTo(before);
        assertThat(inPool(campaign)).doesNotContainAnyElementsOf(old);

        assertThat(restart(stopped)).isEqualTo(RunState.DONE);
        done(campaign, 1, Node.list(USERS / 2, "U999999"));
        assertThat(coupons(campaign)).isEqualTo(USERS + USERS / 2 + 1);
        assertThat(books(campaign).balance()).isTrue();
    }

    /** Redis comes back with the old pool, open and full, as from a backup. */
    @Test
    void codesOfAPoolThatWasLeftNeverLeaveItAgain() {
        var campaign = campaign(USERS);
        var old = inPool(campaign);
        var backup = dump(campaign.pool());
        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        backup.forEach((key, content) ->
                redis().getBucket(key, ByteArrayCodec.INSTANCE).restoreAndReplace(content));

        done(now(campaign), 1, Node.list(USERS));

        var issued =
                node.sql().queryForList("SELECT code FROM coupon WHERE campaign_id = ?", String.class, campaign.id());
        assertThat(issued).hasSize(USERS).doesNotContainAnyElementsOf(old);
        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
    }

    /** Claims that Redis alone knows are somebody's. */
    @Test
    void claimsOnTheirWayKeepTheirCodes() {
        var campaign = campaign(USERS);
        var claimed = claim(campaign, 20);

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);

        assertThat(couponsOf(campaign)).containsExactlyInAnyOrderElementsOf(claimed);
        assertThat(now(campaign).voided()).isEqualTo(USERS - 20);
        assertThat(level(campaign)).isEqualTo(USERS - 20);
        assertThat(inPool(campaign)).doesNotContainAnyElementsOf(claimed);
        requireBalance(campaign);
        assertThat(write(waiting(campaign)))
                .as("written once more, as by a drain")
                .isEmpty();
        settle(campaign);
    }

    /** Claims that a node has read and not written, or that come back with an older Redis, after their codes became void. */
    @Test
    void claimsThatTurnUpLateAreNotWritten() {
        var campaign = campaign(USERS);
        claim(campaign, 20);
        var late = waiting(campaign);
        settle(campaign);
        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        assertThat(now(campaign).voided()).isEqualTo(USERS);

        assertThat(write(late)).containsExactlyInAnyOrderElementsOf(late);

        assertThat(coupons(campaign)).isZero();
        requireBalance(campaign);
    }

    /** A user who has another coupon by now: the code that he was told first is void already, and not once more. */
    @Test
    void aCodeIsVoidOnce() {
        var campaign = campaign(USERS);
        var told = claim(campaign, 1);
        var late = waiting(campaign).get(0);
        settle(campaign);
        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        var other = node.pools().contents().peek(now(campaign).pool(), 0, 0, 1).get(0);

        node.bean(ClaimShards.class).keepsOther(late, other);

        assertThat(told).containsExactly(late.code());
        assertThat(now(campaign).voided()).isEqualTo(USERS);
    }

    /** Codes that a refused grant was giving back, perhaps with success: they are nobody's. */
    @Test
    void codesOnTheirWayBackAreVoidToo() {
        var campaign = campaign(USERS);
        var grant = checked(campaign, 1, Node.list(USERS / 2));
        var codes = new ArrayList<String>(inPool(campaign)).subList(0, 30); // they are in the pool again
        node.bean(Allotments.class).add(grant.id(), new AllotmentBlock(1, 1, codes));
        node.bean(Allotments.class).giveBackUnissued(grant);
        node.sql().update("UPDATE coupon_grant SET state = 'REFUSED' WHERE id = ?", grant.id());

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        node.bean(RevokeDesk.class).left(grant.id());

        assertThat(level(campaign)).isEqualTo(USERS);
        assertThat(node.bean(Allotments.class).onTheirWayBack(grant.id())).isZero();
        requireBalance(campaign);
    }

    /** The session is lost at an update of the step's record, within its transaction or right after it. */
    @ParameterizedTest
    @CsvSource({"leave, 1", "leave, 2", "leave, 3", "open, 1", "open, 2", "push-part%, 1", "push-part%, 2", "finish, 2"
    })
    void whereverItDiesARestartGoesOn(String step, int nth) {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS / 4));
        var before = level(campaign);
        var failed = failedAt(campaign, step, nth);
        assertThatThrownBy(() -> desk().revoke(grant.id(), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("rebuilt");
        assertThat(find(grant).state()).isEqualTo(GrantState.DONE);

        assertThat(jobs().restart(failed, Node.operator(), p -> {}).state()).isEqualTo(RunState.DONE);

        assertThat(now(campaign).generated()).isEqualTo(USERS + before);
        assertThat(now(campaign).voided()).isEqualTo(before);
        requireRebuilt(campaign, before);
    }

    /** Nobody knows what of the new pool is left: it is left in turn. */
    @ParameterizedTest
    @CsvSource({"leave, 3", "open, 2", "push-part%, 2", "finish, 2"})
    void aRedisThatLosesItsDataMeanwhileIsNoDeadEnd(String step, int nth) {
        var campaign = campaign(USERS);
        done(campaign, 1, Node.list(USERS / 4));
        var before = level(campaign);
        var failed = failedAt(campaign, step, nth);
        keysOf(now(campaign).pool()).forEach(key -> redis().getBucket(key).delete());

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);

        assertThat(node.bean(Runs.class).find(failed).state()).isEqualTo(RunState.REFUSED);
        requireRebuilt(campaign, before);
    }

    @Test
    void aCampaignThatEndsMeanwhileHasNoFreshCodes() {
        var campaign = campaign(USERS);
        var failed = failedAt(campaign, "open", 1);
        node.bean(Campaigns.class).end(campaign, Node.operator());

        assertThat(jobs().restart(failed, Node.operator(), p -> {}).state()).isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isZero();
        assertThat(now(campaign).voided()).isEqualTo(now(campaign).generated());
        requireBalance(campaign);
    }

    /** A claim that this build cannot read is somebody's all the same. */
    @Test
    void ifItCannotTellWhoHasWhatNothingChanges() {
        var campaign = campaign(USERS);
        var claims = redis().<String, String>getStream("{s3}:claims", StringCodec.INSTANCE);
        var id = claims.add(StreamAddArgs.entry("2", "of another build"));
        try {
            assertThat(rebuild(campaign)).isEqualTo(RunState.FAILED);
        } finally {
            claims.remove(id);
        }
        assertThat(now(campaign).pool()).isEqualTo(campaign.pool());
        assertThat(now(campaign).voided()).isZero();
        assertThat(node.pools().gates().of(campaign.pool()).open()).isTrue();

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
    }

    @Test
    void whileOthersMoveCodesItIsRefusedAndChangesNothing() {
        var campaign = campaign(USERS);
        var runs = node.bean(Runs.class);
        var other = runs.start(
                RunSpec.beside("generate-codes", "codes for " + campaign.name(), "", campaign.id()),
                Node.operator(),
                "other:1:x");

        assertThatThrownBy(() -> rebuild(campaign))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("job stop " + other.run());
        assertThat(now(campaign).pool()).isEqualTo(campaign.pool());
        assertThat(node.pools().gates().of(campaign.pool()).open()).isTrue();

        runs.end(other, RunState.DONE, null);
        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
    }

    /** Its codes are void by now, those that it has pushed and those that it has not. */
    @Test
    void generatingThatWasStoppedBeforeHasNothingToGoOnWith() {
        var codes = 400_000;
        var campaign = node.campaign(codes, CodeFormat.SEQUENTIAL);
        try (var hold = ambush().holdChunk("push-part:shard-0", 1)) {
            var stopped = node.codes().generate(campaign, codes, Node.operator(), p -> {
                if (p.phase().equals("generate") && p.done() > 0) {
                    var runs = node.bean(Runs.class);
                    runs.requestStop(runs.latest(1).get(0).id());
                    hold.close();
                }
            });
            assertThat(stopped.state()).isEqualTo(RunState.STOPPED);

            assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
            assertThat(node.codes()
                            .restart(stopped.run(), Node.operator(), p -> {})
                            .state())
                    .isEqualTo(RunState.DONE);
        }

        assertThat(level(campaign)).isEqualTo(codes);
        assertThat(now(campaign).voided()).isEqualTo(codes);
        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
    }

    /** Of a grant that was at work when PostgreSQL was backed up Redis knows more: a later token, and names that are used up. */
    @Test
    void whatWasAtWorkAtTheBackupGoesOnAfterwards() {
        var campaign = campaign(USERS);
        var grant = checked(campaign, 1, Node.list(USERS / 2));
        var taker = new Taker("g" + grant.id(), 7);
        node.pools().take(block(campaign, grant, 3, 1), 20, taker);
        node.pools().fence(campaign.pool(), taker);
        node.pools().drop(block(campaign, grant, 3, 1));
        var runs = node.bean(Runs.class);
        var run = runs.start(
                RunSpec.beside("issue-grant", grant.subject(), "grant=" + grant.id(), campaign.id()),
                Node.operator(),
                "dead:1:x");
        node.sql().update("UPDATE coupon_grant SET state = 'RUNNING' WHERE id = ?", grant.id());
        node.sql().update("UPDATE run SET lease_until = now() WHERE id = ?", run.run());
        assertThatThrownBy(() -> rebuild(campaign)).isInstanceOf(RefusedException.class);

        node.bean(RestoreDesk.class).restored(Node.operator(), p -> {});

        assertThat(runs.find(run.run()).state()).isEqualTo(RunState.FAILED);
        assertThat(find(grant).state()).isEqualTo(GrantState.FAILED);
        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        assertThat(now(campaign).voided()).isEqualTo(USERS);
        assertThat(restart(grant)).isEqualTo(RunState.DONE);
        assertThat(coupons(campaign)).isEqualTo(USERS / 2);
        requireBalance(campaign);
    }

    @Test
    void codesOfACampaignThatHasEndedAreVoidOnly() {
        var campaign = campaign(USERS);
        done(campaign, 1, Node.list(USERS / 4));
        var ended = node.bean(Campaigns.class).end(campaign, Node.operator());

        assertThat(rebuild(ended)).isEqualTo(RunState.DONE);

        assertThat(level(campaign)).isZero();
        assertThat(now(campaign).voided()).isEqualTo(USERS - USERS / 4);
        assertThat(node.pools().gates().of(now(campaign).pool()).open()).isFalse();
        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
    }

    /** A stock that was used up: the void codes make room for as many, never more. */
    @Test
    void theStockHoldsHoweverOftenItIsDone() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS / 2));
        for (int i = 0; i < 3; i++) {
            assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);
        }
        assertThat(now(campaign).generated() - now(campaign).voided()).isEqualTo(USERS);
        assertThat(now(campaign).ungenerated()).isZero();
        assertThat(level(campaign)).isEqualTo(USERS / 2);
        assertThat(find(grant).state()).isEqualTo(GrantState.DONE);
        assertThatThrownBy(() -> node.bean(Campaigns.class)
                        .edit(now(campaign), new CampaignChange(USERS - 1L, null, null, null, null), Node.operator()))
                .isInstanceOf(RefusedException.class);
    }

    private static long failedAt(Campaign campaign, String step, int nth) {
        ambush().loseSession("batch_step_execution", "NEW.step_name LIKE '" + step + "'", nth);
        var outcome = node.bean(PoolDesk.class).rebuild(campaign, Node.operator(), p -> {});
        ambush().lift();
        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        return outcome.run();
    }

    private static void requireRebuilt(Campaign campaign, long level) {
        assertThat(now(campaign).ungenerated()).isZero();
        assertThat(level(campaign)).isEqualTo(level);
        assertThat(node.pools().gates().of(now(campaign).pool()).open()).isTrue();
        requireBalance(campaign);
    }

    private static void requireBalance(Campaign campaign) {
        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
    }

    private static RunState rebuild(Campaign campaign) {
        return node.bean(PoolDesk.class)
                .rebuild(campaign, Node.operator(), p -> {})
                .state();
    }

    private static Books books(Campaign campaign) {
        return node.bean(Reconciler.class).books(now(campaign));
    }

    private static Set<String> inPool(Campaign campaign) {
        var codes = new HashSet<String>();
        for (int shard = 0; shard < node.pools().shards(); shard++) {
            node.pools().contents().forEach(now(campaign).pool(), shard, codes::add);
        }
        return codes;
    }

    /** Of users 1 to n; the codes that they were answered. */
    /** Claims of a campaign with archived coupons that wait in Redis become coupons before its pool is left. */
    @Test
    void aClaimThatWaitsIsWrittenWhenThePoolIsRebuilt() {
        var campaign = campaign(USERS + 10);
        var grant = done(campaign, 1, Node.list(USERS));
        Archiving.change(grant, "EXPIRED", 1, USERS, Archiving.LONG_AGO);
        var claimed = claim(campaign, 1).get(0);
        var ended = Archiving.end(campaign);
        assertThat(Archiving.archive(ended).state()).isEqualTo(RunState.DONE);
        assertThat(Archiving.archived(campaign)).isEqualTo(USERS);

        assertThat(node.bean(PoolDesk.class)
                        .rebuild(now(campaign), Node.operator(), p -> {})
                        .state())
                .isEqualTo(RunState.DONE);

        assertThat(node.sql()
                        .queryForList("SELECT code FROM coupon WHERE campaign_id = ?", String.class, campaign.id()))
                .containsExactly(claimed);
        Archiving.requireBalance(campaign);
    }

    private static List<String> claim(Campaign campaign, int n) {
        var claims = new Claims(redis(), node.pools().shards(), 1_000_000);
        claims.open();
        var at = Instant.now();
        var terms = new ClaimTerms(
                campaign.id(),
                campaign.pool(),
                campaign.ledger(),
                at,
                1,
                0,
                null,
                at,
                at.plus(Duration.ofDays(1)),
                1_000);
        var codes = new ArrayList<String>();
        for (int i = 1; i <= n; i++) {
            var shard = claims.users().of(Node.user(i));
            claims.setEpoch(shard, 1);
            var answer = claims.claim(shard, 1, terms, false, List.of(new ClaimRequest(Node.user(i), "")))
                    .join()
                    .get(0);
            codes.add(((ClaimAnswer.Claimed) answer).code());
        }
        return codes;
    }

    private static List<ClaimEntry> waiting(Campaign campaign) {
        var waiting = new ArrayList<ClaimEntry>();
        for (int shard = 0; shard < node.pools().shards(); shard++) {
            node.bean(ClaimStreams.class).forEach(shard, entry -> {
                if (entry.campaign() == campaign.id()) {
                    waiting.add(entry);
                }
            });
        }
        return waiting;
    }

    private static void settle(Campaign campaign) {
        waiting(campaign).forEach(entry -> node.bean(ClaimStreams.class).settle(entry.shard(), List.of(entry)));
    }

    /** @return those that a drain could not write */
    private static List<ClaimEntry> write(List<ClaimEntry> claims) {
        try (var connection = node.bean(DataSource.class).getConnection()) {
            return ClaimWriter.write(connection, claims, Instant.now().truncatedTo(ChronoUnit.MICROS));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> couponsOf(Campaign campaign) {
        return node.sql().queryForList("SELECT code FROM coupon WHERE campaign_id = ?", String.class, campaign.id());
    }

    private static JobDesk jobs() {
        return node.bean(JobDesk.class);
    }

    private static void loseKeysOf(Campaign campaign) {
        keysOf(campaign.pool()).forEach(key -> redis().getBucket(key).delete());
    }

    private static Map<String, byte[]> dump(long pool) {
        var contents = new HashMap<String, byte[]>();
        keysOf(pool)
                .forEach(key -> contents.put(
                        key, redis().getBucket(key, ByteArrayCodec.INSTANCE).dump()));
        return contents;
    }

    private static List<String> keysOf(long pool) {
        var keys = new ArrayList<String>();
        redis().getKeys()
                .getKeys(KeysScanOptions.defaults().pattern("{s*}:*:" + pool + "*"))
                .forEach(key -> {
                    if (key.matches(".*:" + pool + "(:.*)?")) {
                        keys.add(key);
                    }
                });
        return keys;
    }

    private static RedissonClient redis() {
        return node.bean(RedissonClient.class);
    }
}
