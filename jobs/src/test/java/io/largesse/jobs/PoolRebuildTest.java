package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignChange;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimRequest;
import io.largesse.pools.ClaimTerms;
import io.largesse.pools.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.redisson.api.RedissonClient;
import org.redisson.api.options.KeysScanOptions;
import org.redisson.client.codec.ByteArrayCodec;

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
        var claimed = new ArrayList<String>();
        for (int i = 1; i <= 20; i++) {
            claimed.add(claim(campaign, Node.user(i)));
        }

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);

        var books = books(campaign);
        assertThat(books.balance()).as(books.toString()).isTrue();
        assertThat(books.claimed()).isEqualTo(20);
        assertThat(now(campaign).voided()).isEqualTo(USERS - 20);
        assertThat(level(campaign)).isEqualTo(USERS - 20);
        assertThat(inPool(campaign)).doesNotContainAnyElementsOf(claimed);
    }

    /** The session is lost at an update of the step's record, within its transaction or right after it. */
    @ParameterizedTest
    @CsvSource({"leave, 1", "leave, 2", "leave, 3", "open, 1", "open, 2", "push-part%, 1", "push-part%, 2", "finish, 2"
    })
    void whereverItDiesTheSameCommandGoesOn(String step, int nth) {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS / 4));
        var before = level(campaign);
        ambush().loseSession("batch_step_execution", "NEW.step_name LIKE '" + step + "'", nth);
        assertThat(rebuild(campaign)).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThatThrownBy(() -> desk().revoke(grant.id(), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("rebuilt");

        assertThat(rebuild(campaign)).isEqualTo(RunState.DONE);

        assertThat(now(campaign).generated()).isEqualTo(USERS + before);
        assertThat(now(campaign).voided()).isEqualTo(before);
        assertThat(level(campaign)).isEqualTo(before);
        assertThat(books(campaign).balance()).as(books(campaign).toString()).isTrue();
        assertThat(node.pools().gates().of(now(campaign).pool()).open()).isTrue();
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
        assertThat(now(campaign).pool()).isEqualTo(campaign.id());
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
                        .edit(now(campaign), new CampaignChange(USERS - 1L, null, null, null), Node.operator()))
                .isInstanceOf(RefusedException.class);
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
            node.pools().forEach(now(campaign).pool(), shard, codes::add);
        }
        return codes;
    }

    private static String claim(Campaign campaign, String user) {
        var claims = new Claims(redis(), node.pools().shards(), 1_000_000);
        claims.open();
        var shard = claims.users().of(user);
        claims.setEpoch(shard, 1);
        var at = Instant.now();
        var terms =
                new ClaimTerms(campaign.id(), campaign.pool(), at, 1, 0, null, at, at.plus(Duration.ofDays(1)), 1_000);
        var answer = claims.claim(shard, 1, terms, false, List.of(new ClaimRequest(user, "")))
                .join()
                .get(0);
        return ((ClaimAnswer.Claimed) answer).code();
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
                .forEach(keys::add);
        assertThat(keys).isNotEmpty();
        return keys;
    }

    private static RedissonClient redis() {
        return node.bean(RedissonClient.class);
    }
}
