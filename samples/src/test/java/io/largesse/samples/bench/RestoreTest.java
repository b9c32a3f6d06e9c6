package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.RunState;
import io.largesse.jobs.BookDesk;
import io.largesse.jobs.Books;
import io.largesse.jobs.CodeDesk;
import io.largesse.jobs.PoolDesk;
import io.largesse.pools.ClaimAnswer;
import io.largesse.pools.ClaimRequest;
import io.largesse.pools.ClaimTerms;
import io.largesse.pools.Claims;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL and Redis from backups of different moments. What the README tells operators to do is done. */
class RestoreTest {

    private static final double PER_SECOND = 400;

    private final Site site = SharedSite.get();

    /** Campaigns of other tests are not to be rebuilt with those of this one. */
    @BeforeEach
    void endOthers() {
        try (var sql = site.stores.sql()) {
            sql.run("UPDATE campaign SET status = 'ENDED'");
        }
    }

    /**
     * What was done since the backup is lost to PostgreSQL: claims, a grant, a campaign. Users know their codes all the same,
     * and none of these is ever another user's.
     */
    @Test
    void aPostgresOlderThanRedis() {
        var campaign = site.campaign(1_500);
        generate(campaign, 1_000);
        var before = new Crowd(site, campaign);
        var since = new Crowd(site, campaign);
        Campaign forgotten;
        Crowd ofForgotten;
        DataBackup backup;
        try (var node = ClaimNode.start(site)) {
            Crowd.awaitOpen(site, node);
            before.claims(node, 1, 100, PER_SECOND).join();
            before.awaitWritten();
            backup = site.backupPostgres();

            Crowd.awaitOpen(site, node);
            since.claims(node, 101, 100, PER_SECOND).join();
            assertThat(site.trial(campaign, 5_001, 50).checked().issueHere().state())
                    .isEqualTo(RunState.DONE);
            generate(campaign, 300);
            forgotten = site.stocked(200);
            ofForgotten = new Crowd(site, forgotten);
            ofForgotten.claims(node, 1, 100, PER_SECOND).join();
            since.awaitWritten();
        }
        var waiting = claim(campaign, "U0009001");
        claim(forgotten, "U0009002");
        var granted = codes("SELECT code FROM coupon WHERE campaign_id = ? AND source_kind = 'GRANT'", campaign);
        assertThat(granted).hasSize(50);

        site.restorePostgres(backup);

        var books = books(campaign);
        assertThat(books.lost()).as("claimed and granted since: %s", books).isEqualTo(150);
        assertThat(books.unknown()).as("generated since: %s", books).isEqualTo(300);
        assertThat(books.claimed()).isEqualTo(1);
        assertThat(books.isWrongByPool())
                .as("not repaired without a word that serials are to be skipped")
                .isFalse();
        run("pool", "rebuild", "--restored", "--yes");
        assertBalance(campaign);
        assertThat(books(campaign).voided()).isEqualTo(1_000 - 101);

        var after = new Crowd(site, campaign);
        var anew = site.stocked(200);
        var ofAnew = new Crowd(site, anew);
        try (var node = ClaimNode.start(site)) {
            Crowd.awaitOpen(site, node);
            after.claims(node, 1, 300, PER_SECOND).join();
            ofAnew.claims(node, 1, 100, PER_SECOND).join();
            assertThat(site.trial(campaign, 5_001, 50).checked().issueHere().state())
                    .isEqualTo(RunState.DONE);
            after.awaitWritten();
        }
        assertThat(before.findings()).isEmpty();
        assertThat(after.findings()).isEmpty();
        assertThat(ofAnew.findings()).isEmpty();
        assertThat(after.claimed()).isEqualTo(300);
        assertThat(ofAnew.claimed()).isEqualTo(100);
        assertThat(after.told()).containsAllEntriesOf(before.told());
        assertThat(codes("SELECT code FROM coupon WHERE user_id = 'U0009001' AND campaign_id = ?", campaign))
                .as("what waited to be written")
                .containsExactly(waiting);
        var users = new HashMap<String, String>();
        granted.forEach(code -> users.put(code, "granted before"));
        List.of(before, since, after).forEach(crowd -> requireOneUserACode(users, crowd.told()));
        List.of(ofForgotten, ofAnew).forEach(crowd -> requireOneUserACode(users, crowd.told()));
        assertThat(codes("SELECT code FROM coupon WHERE source_kind = 'GRANT' AND campaign_id = ?", campaign))
                .hasSize(50)
                .doesNotContainAnyElementsOf(users.keySet());
        assertThat(anew.id()).isNotEqualTo(forgotten.id());
        assertBalance(campaign);
        assertBalance(anew);
    }

    /** PostgreSQL has all that was written; Redis has codes that are somebody's by now, and neither new campaign nor new pool. */
    @Test
    void aRedisOlderThanPostgres() {
        var campaign = site.stocked(1_000);
        var rebuilt = site.stocked(100);
        var before = new Crowd(site, campaign);
        var fresh = new ArrayList<Campaign>();
        Crowd ofFresh;
        try (var node = ClaimNode.start(site)) {
            Crowd.awaitOpen(site, node);
            before.claims(node, 1, 100, PER_SECOND).join();
            before.awaitWritten();
            var backup = site.backupRedis();

            before.claims(node, 101, 100, PER_SECOND).join();
            assertThat(site.trial(campaign, 5_001, 50).checked().issueHere().state())
                    .isEqualTo(RunState.DONE);
            assertThat(site.the(PoolDesk.class)
                            .rebuild(rebuilt, Site.operator(), progress -> {})
                            .state())
                    .isEqualTo(RunState.DONE);
            fresh.add(site.stocked(200));
            ofFresh = new Crowd(site, fresh.get(0));
            ofFresh.claims(node, 1, 100, PER_SECOND).join();
            before.awaitWritten();
            node.close();
            site.restoreRedis(backup);
        }
        var books = books(campaign);
        assertThat(books.twiceInAll())
                .as("claimed and granted since: %s", books)
                .isEqualTo(150);
        assertThat(books(rebuilt).lost()).isEqualTo(100);
        assertThat(books(fresh.get(0)).lost()).isEqualTo(100);
        run("reconcile", "--repair");
        assertBalance(campaign);
        assertBalance(rebuilt);
        assertBalance(fresh.get(0));

        var after = new Crowd(site, campaign);
        var ofFreshAfter = new Crowd(site, fresh.get(0));
        try (var node = ClaimNode.start(site)) {
            Crowd.awaitOpen(site, node);
            after.claims(node, 1, 300, PER_SECOND).join();
            ofFreshAfter.claims(node, 1, 150, PER_SECOND).join();
            after.awaitWritten();
        }
        assertThat(after.claimed()).isEqualTo(300);
        assertThat(ofFreshAfter.claimed()).isEqualTo(150);
        List.of(before, after, ofFresh, ofFreshAfter)
                .forEach(crowd -> assertThat(crowd.findings()).isEmpty());
        assertThat(after.told()).containsAllEntriesOf(before.told());
        assertThat(ofFreshAfter.told()).containsAllEntriesOf(ofFresh.told());
        assertBalance(campaign);
        assertBalance(fresh.get(0));
    }

    /** Whoever was told a code is the only one who ever was. */
    private static void requireOneUserACode(Map<String, String> users, Map<String, String> told) {
        told.forEach((user, code) -> assertThat(users.merge(code, user, (a, b) -> a.equals(b) ? a : a + " and " + b))
                .as(code)
                .isEqualTo(user));
    }

    /** Answered by Redis while no node is there to write it. */
    private String claim(Campaign campaign, String user) {
        var claims = site.the(Claims.class);
        var shard = claims.users().of(user);
        var epoch = site.the(ClaimShards.class).all().get(shard).epoch();
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var terms = new ClaimTerms(
                campaign.id(),
                campaign.pool(),
                campaign.ledger(),
                now,
                1,
                0,
                null,
                now,
                now.plus(Duration.ofDays(30)),
                1_000);
        claims.reach();
        var answer = claims.claim(shard, epoch, terms, false, List.of(new ClaimRequest(user, "")))
                .join()
                .get(0);
        assertThat(answer).isInstanceOf(ClaimAnswer.Claimed.class);
        return ((ClaimAnswer.Claimed) answer).code();
    }

    private List<String> codes(String query, Campaign campaign) {
        try (var sql = site.stores.sql()) {
            return sql.texts(query, campaign.id());
        }
    }

    private void generate(Campaign campaign, long count) {
        var now = site.the(Campaigns.class).byId(campaign.id());
        var generated = site.the(CodeDesk.class).generate(now, count, Site.operator(), progress -> {});
        assertThat(generated.state()).isEqualTo(RunState.DONE);
    }

    private void run(String... words) {
        try (var program = site.program(words)) {
            assertThat(program.exitCode()).as(program.toString()).isZero();
        }
    }

    private Books books(Campaign campaign) {
        var found = new ArrayList<Books>();
        var now = site.the(Campaigns.class).byId(campaign.id());
        site.the(BookDesk.class).reconcile(now, Site.operator(), progress -> {}, found::add);
        return found.get(0);
    }

    private void assertBalance(Campaign campaign) {
        var books = books(campaign);
        assertThat(books.balance()).as(books.toString()).isTrue();
    }
}
