package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoolsTest extends RedisTest {

    private static final ShardRange RANGE = new ShardRange(7, 1, 101, 20_100);

    @Test
    void codesLeaveInTheOrderOfTheirSerials() {
        push(RANGE, 101, codes(101, 5_000));
        push(RANGE, 5_101, codes(5_101, 3));

        assertThat(pools.level(CAMPAIGN)).isEqualTo(new PoolLevel(List.of(0, 5_003, 0, 0)));
        assertThat(take(block(1, "a"), 4_999)).isEqualTo(codes(101, 4_999));
        assertThat(take(block(1, "b"), 10)).isEqualTo(codes(5_100, 4));
        assertThat(take(block(1, "c"), 10)).isEmpty();
        assertThat(pools.level(CAMPAIGN).sum()).isZero();
    }

    /** A block is cut off a copy of the pool, or out of a pool that is much larger, code by code. */
    @Test
    void aBlockIsTheSameFromASmallAndFromALargePool() {
        push(RANGE, 101, codes(101, 5_000));

        assertThat(take(block(1, "of-a-large-pool"), 7)).isEqualTo(codes(101, 7));
        assertThat(take(block(1, "of-a-large-pool"), 7)).isEqualTo(codes(101, 7));
        assertThat(take(block(1, "of-a-small-pool"), 700)).isEqualTo(codes(108, 700));
        assertThat(pool(1)).isEqualTo(codes(808, 4_293));
        assertThat(pools.drop(block(1, "of-a-large-pool"))).isEqualTo(7);
        assertThat(pools.drop(block(1, "of-a-small-pool"))).isEqualTo(700);
    }

    @Test
    void aRepeatedPushAddsNothingEvenWhenTheCodesAreGone() {
        assertThat(push(RANGE, 101, codes(101, 100))).isEqualTo(new Push.Pushed(100, 0));
        take(block(1, "a"), 60);

        assertThat(push(RANGE, 101, codes(101, 100))).isEqualTo(new Push.Pushed(0, 100));
        assertThat(push(RANGE, 151, codes(151, 100))).isEqualTo(new Push.Pushed(50, 50));
        assertThat(push(RANGE, 121, codes(121, 10))).isEqualTo(new Push.Pushed(0, 10));

        assertThat(pool(1)).isEqualTo(codes(161, 90));
        assertThat(pools.pushedUpTo(CAMPAIGN, RANGE)).isEqualTo(251);
    }

    @Test
    void aGapIsRefused() {
        assertThatExceptionOfType(PoolGapException.class)
                .as("the first codes of the range are missing")
                .isThrownBy(() -> push(RANGE, 102, codes(102, 5)));
        push(RANGE, 101, codes(101, 5));
        assertThatExceptionOfType(PoolGapException.class)
                .isThrownBy(() -> push(RANGE, 107, codes(107, 5)))
                .satisfies(gap -> assertThat(gap.expected()).isEqualTo(106));
        assertThat(pool(1)).isEqualTo(codes(101, 5));
    }

    @Test
    void everyRangeHasItsOwnMark() {
        var other = new ShardRange(8, 1, 50_001, 50_010);
        push(RANGE, 101, codes(101, 5));
        assertThat(pools.pushedUpTo(CAMPAIGN, other)).isEqualTo(50_001);
        assertThat(push(other, 50_001, codes(50_001, 10))).isEqualTo(new Push.Pushed(10, 0));
    }

    @Test
    void serialsBeyondTheLargestIntAreExact() {
        var large = new ShardRange(9, 0, 68_719_476_000L, 68_719_476_735L);
        push(large, large.first(), codes(large.first(), 700));
        assertThat(pools.pushedUpTo(CAMPAIGN, large)).isEqualTo(68_719_476_700L);
    }

    @Test
    void theSameNameGetsTheSameCodes() {
        fill(7, 1, 400);
        var first = take(block(2, "a"), 30);
        take(block(2, "b"), 30);

        assertThat(take(block(2, "a"), 30)).isEqualTo(first);
        assertThat(take(block(2, "a"), 5)).isEqualTo(first);
        assertThat(pools.block(block(2, "a"))).isEqualTo(first);
        pools.gates().close(CAMPAIGN);
        assertThat(take(block(2, "a"), 30)).isEqualTo(first);
        assertThat(pools.level(CAMPAIGN).shards()).containsExactly(100, 100, 40, 100);
    }

    @Test
    void theNameOfADroppedBlockIsUsedUp() {
        fill(7, 1, 400);
        take(block(0, "a"), 30);

        assertThat(pools.drop(block(0, "a"))).isEqualTo(30);
        assertThat(pools.drop(block(0, "a"))).isZero();
        assertThat(pools.block(block(0, "a"))).isEmpty();
        assertThat(pools.take(block(0, "a"), 30, TAKER)).isEqualTo(new Take.Ended(true));
        assertThat(pools.putBack(block(0, "a"), TAKER)).isEqualTo(new PutBack.Dropped());
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(370);
    }

    @Test
    void aBlockThatIsPutBackStandsInFrontAsBefore() {
        fill(7, 1, 16_000);
        var before = pool(3);
        take(block(3, "a"), 3_001);

        assertThat(pools.putBack(block(3, "a"), TAKER)).isEqualTo(new PutBack.Done(3_001));
        assertThat(pools.block(block(3, "a"))).isEmpty();
        assertThat(pool(3)).isEqualTo(before);
        assertThat(pools.putBack(block(3, "a"), TAKER)).isEqualTo(new PutBack.AlreadyDone());
        assertThat(pool(3)).isEqualTo(before);
        assertThat(pools.take(block(3, "a"), 5, TAKER)).isEqualTo(new Take.Ended(false));
        assertThatIllegalStateException()
                .isThrownBy(() -> pools.drop(block(3, "a")))
                .withMessageContaining("put back");
    }

    @Test
    void aBlockThatNeverWasCannotComeLate() {
        fill(7, 1, 400);
        assertThat(pools.putBack(block(3, "a"), TAKER)).isEqualTo(new PutBack.Done(0));
        assertThat(pools.take(block(3, "a"), 5, TAKER)).isEqualTo(new Take.Ended(false));
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(400);
    }

    @Test
    void codesAreGivenBackOncePerName() {
        fill(7, 1, 400);
        var taken = take(block(1, "a"), 50);
        pools.drop(block(1, "a"));

        assertThat(pools.giveBack(block(1, "a"), taken)).isEqualTo(new GiveBack.Returned(50));
        assertThat(pools.giveBack(block(1, "a"), taken)).isEqualTo(new GiveBack.AlreadyReturned());
        assertThat(pool(1)).hasSize(100).doesNotHaveDuplicates().endsWith(taken.get(49));
    }

    @Test
    void aClosedGateLetsNothingThrough() {
        fill(7, 1, 400);
        var taken = take(block(1, "a"), 50);
        pools.gates().close(CAMPAIGN);

        assertThat(pools.take(block(1, "b"), 5, TAKER)).isEqualTo(new Take.Closed());
        assertThat(push(RANGE, 101, codes(101, 5))).isEqualTo(new Push.Closed());
        assertThat(pools.putBack(block(1, "a"), TAKER)).isEqualTo(new PutBack.Closed());
        assertThat(pools.giveBack(block(1, "x"), taken)).isEqualTo(new GiveBack.Closed());
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(350);
        assertThat(pools.block(block(1, "a"))).isEqualTo(taken);

        pools.gates().open(CAMPAIGN);
        assertThat(pools.giveBack(block(1, "x"), taken)).isEqualTo(new GiveBack.Returned(50));
    }

    @Test
    void anOvertakenTakerGetsNothing() {
        fill(7, 1, 400);
        take(block(1, "a"), 50);

        assertThat(pools.fence(CAMPAIGN, new Taker("g42", 2))).isEqualTo(2);

        assertThat(pools.take(block(1, "b"), 5, TAKER)).isEqualTo(new Take.Fenced(2));
        assertThat(pools.take(block(1, "a"), 5, TAKER)).as("not even its block").isEqualTo(new Take.Fenced(2));
        assertThat(pools.putBack(block(1, "a"), TAKER)).isEqualTo(new PutBack.Fenced(2));
        assertThat(pools.take(block(1, "a"), 5, new Taker("g42", 2))).isInstanceOf(Take.Taken.class);
        assertThat(pools.take(block(1, "c"), 5, new Taker("g43", 1)))
                .as("other work")
                .isInstanceOf(Take.Taken.class);
        assertThat(pools.level(CAMPAIGN).sum()).isEqualTo(345);
    }

    @Test
    void aFenceIsNeverLowered() {
        pools.fence(CAMPAIGN, new Taker("g42", 12));
        assertThat(pools.fence(CAMPAIGN, new Taker("g42", 9))).isEqualTo(12);
        assertThat(pools.fence(CAMPAIGN, new Taker("g42", 12))).isEqualTo(12);
        assertThat(redisson.getBucket(Keys.fence(3, CAMPAIGN, "g42")).remainTimeToLive())
                .isBetween(Pools.FENCE.minusHours(1).toMillis(), Pools.FENCE.toMillis());
    }

    /** After PostgreSQL was restored, another grant may have the number of one that Redis knows. */
    @Test
    void aFenceIsOfOnePool() {
        pools.fence(CAMPAIGN, new Taker("g42", 12));

        assertThat(pools.fence(CAMPAIGN + 1, new Taker("g42", 1))).isEqualTo(1);
    }

    @Test
    void campaignsDoNotTouchEachOther() {
        fill(7, 1, 400);
        pools.gates().open(43);
        assertThat(pools.take(new BlockName(43, 0, "a"), 5, TAKER)).isEqualTo(new Take.Taken(List.of()));
        assertThat(take(block(0, "a"), 5)).hasSize(5);
    }

    @Test
    void whatNoRequestMayHoldIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> take(block(SHARDS, "a"), 5));
        assertThatIllegalArgumentException().isThrownBy(() -> take(block(-1, "a"), 5));
        assertThatIllegalArgumentException().isThrownBy(() -> take(block(0, "a"), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> take(block(0, "a"), Pools.MAX_CODES + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> block(0, "{s1}"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Taker("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Taker("g42", -1));
        assertThatIllegalArgumentException().isThrownBy(() -> push(RANGE, 20_100, codes(20_100, 2)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pools(redisson, 0));
    }
}
