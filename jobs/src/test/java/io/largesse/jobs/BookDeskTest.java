package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Books that do not balance are told code by code. */
class BookDeskTest {

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(100);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @AfterEach
    void lift() {
        new Ambush(node).lift();
    }

    @Test
    void soundBooksBalance() {
        var campaign = stocked(500);
        granted(campaign, 200);

        var books = desk().books(campaign);

        assertThat(books).isEqualTo(new Books(campaign.name(), 500, 300, 0, 0, 200, 0, 0, 0, 0, List.of(), 0));
        assertThat(books.balance()).isTrue();
    }

    @Test
    void aCodeThatIsACouponAndInThePoolIsTold() {
        var campaign = stocked(300);
        granted(campaign, 100);
        var code = node.sql()
                .queryForObject("SELECT min(code) FROM coupon WHERE campaign_id = ?", String.class, campaign.id());
        pool(campaign, 3).add(code);

        assertThat(desk().books(campaign).twice()).containsExactly(new Books.Twice(code, "POOL", "COUPON"));
        assertThat(desk().books(campaign).balance()).isFalse();
    }

    @Test
    void aCodeInTwoPoolsIsTold() {
        var campaign = stocked(300);
        var code = pool(campaign, 1).get(0);
        pool(campaign, 2).add(code);

        assertThat(desk().books(campaign).twice()).containsExactly(new Books.Twice(code, "POOL", "POOL"));
    }

    @Test
    void codesThatAreNowhereAreCounted() {
        var campaign = stocked(300);
        var pool = pool(campaign, 4);
        pool.remove(0);
        pool.remove(0);

        assertThat(desk().books(campaign).lost()).isEqualTo(2);
        assertThat(desk().books(campaign).balance()).isFalse();
    }

    @Test
    void aRunThatFoundSomethingWrongIsGivenUpForTheNextOne() {
        var campaign = stocked(300);
        var pool = pool(campaign, 4);
        var code = pool.remove(0);
        var first = node.bean(BookDesk.class).reconcile(campaign, Node.operator(), p -> {}, books -> {});
        assertThat(first.state()).isEqualTo(RunState.FAILED);
        pool.add(code);

        var second = node.bean(BookDesk.class).reconcile(campaign, Node.operator(), p -> {}, books -> {});

        assertThat(second.state()).isEqualTo(RunState.DONE);
        assertThat(second.run()).isNotEqualTo(first.run());
        assertThat(node.bean(Runs.class).find(first.run()).state()).isEqualTo(RunState.REFUSED);
    }

    @Test
    void nothingFalseIsToldWhileAGrantRuns() throws Exception {
        var campaign = stocked(20_100);
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(20_000)), Node.operator());
        node.grants().check(grant.id(), Node.operator(), p -> {});
        try (var hold = new Ambush(node).holdChunk("issue-part%", 50)) {
            var issued = CompletableFuture.supplyAsync(
                    () -> node.grants().issue(grant.id(), Node.operator(), p -> {}), work -> new Thread(work).start());
            hold.awaitCaught();
            var midway = desk().books(campaign);
            assertThat(midway.balance()).as(midway.toString()).isTrue();
            assertThat(midway.coupons()).isBetween(1L, 19_999L);
            hold.close();
            do {
                var books = desk().books(campaign);
                assertThat(books.balance()).as(books.toString()).isTrue();
            } while (!issued.isDone());

            assertThat(issued.get().state()).isEqualTo(RunState.DONE);
        }
        assertThat(desk().books(campaign).coupons()).isEqualTo(20_000);
    }

    private static Reconciler desk() {
        return node.bean(Reconciler.class);
    }

    private static Campaign stocked(int codes) {
        var campaign = node.campaign(codes);
        node.generate(campaign, codes);
        return campaign;
    }

    private static void granted(Campaign campaign, int users) {
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(users)), Node.operator());
        node.grants().check(grant.id(), Node.operator(), p -> {});
        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
    }

    private static org.redisson.api.RList<String> pool(Campaign campaign, int shard) {
        return node.bean(RedissonClient.class)
                .getList("{s" + shard + "}:pool:" + campaign.pool(), StringCodec.INSTANCE);
    }
}
