package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.RunState;
import io.largesse.jobs.BookDesk;
import io.largesse.jobs.Books;
import io.largesse.jobs.PoolDesk;
import io.largesse.pools.Pools;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pools that are rebuilt under the users who claim from them, at two nodes. */
class PoolRebuildFireTest {

    private static final double PER_SECOND = 400;

    private static final Site SITE = SharedSite.get();

    private static ClaimNode one;
    private static ClaimNode two;

    @BeforeAll
    static void start() {
        one = ClaimNode.start(SITE);
        two = ClaimNode.start(SITE);
        Crowd.awaitOpen(SITE, one, two);
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
    }

    /** Whoever is turned away meanwhile asks again; each has a coupon in the end, and each answer was kept. */
    @Test
    void aPoolIsRebuiltWhileUsersClaim() {
        var campaign = SITE.stocked(2_000);
        var crowd = new Crowd(SITE, campaign);
        var all = List.of(crowd.claims(one, 1, 1_000, PER_SECOND), crowd.claims(two, 1_001, 1_000, PER_SECOND));
        all.forEach(wave -> wave.awaitAnswered(100));
        for (int i = 0; i < 3; i++) {
            rebuild(campaign);
        }
        all.forEach(Wave::join);
        var again = List.of(crowd.claims(one, 1_001, 1_000, PER_SECOND), crowd.claims(two, 1, 1_000, PER_SECOND));
        again.forEach(Wave::join);
        crowd.awaitWritten();

        assertThat(crowd.findings()).isEmpty();
        assertThat(crowd.claimed()).isEqualTo(2_000);
        requireBalance(campaign);
        assertThat(level(campaign)).isZero();
    }

    /** All of Redis is gone, under way. Who was written has what he had, the others get what is left of the stock. */
    @Test
    void afterATotalLossOfRedisEachUserHasWhatHeHad() {
        var campaign = SITE.stocked(600);
        var before = new Crowd(SITE, campaign);
        before.claims(one, 1, 300, PER_SECOND).join();
        before.awaitWritten();
        try (var redis = SITE.stores.redis()) {
            assertThat(redis.ask("FLUSHALL")).isEqualTo("OK");
        }
        var lost = books(campaign);
        assertThat(lost.lost()).isEqualTo(300);

        rebuild(campaign);
        Crowd.awaitOpen(SITE, one, two);
        var after = new Crowd(SITE, campaign);
        var here = after.claims(one, 1, 600, PER_SECOND);
        var there = after.claims(two, 601, 50, PER_SECOND);
        here.join();
        there.join();
        after.awaitWritten();

        assertThat(before.findings()).isEmpty();
        assertThat(after.findings()).isEmpty();
        assertThat(before.claimed()).isEqualTo(300);
        assertThat(after.claimed()).as("300 again, 300 new").isEqualTo(600);
        requireBalance(campaign);
    }

    private static void rebuild(Campaign campaign) {
        var outcome = SITE.the(PoolDesk.class).rebuild(campaign, Site.operator(), progress -> {});
        assertThat(outcome.state()).as(outcome.toString()).isEqualTo(RunState.DONE);
    }

    private static void requireBalance(Campaign campaign) {
        var books = books(campaign);
        assertThat(books.balance()).as(books.toString()).isTrue();
    }

    private static Books books(Campaign campaign) {
        var found = new ArrayList<Books>();
        SITE.the(BookDesk.class).reconcile(campaign, Site.operator(), progress -> {}, found::add);
        return found.get(0);
    }

    private static long level(Campaign campaign) {
        var now = SITE.the(Campaigns.class).byName(campaign.name());
        return SITE.the(Pools.class).level(now.pool()).sum();
    }
}
