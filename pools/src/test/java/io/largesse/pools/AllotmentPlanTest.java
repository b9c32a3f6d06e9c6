package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AllotmentPlanTest {

    @Test
    void theFullestGiveFirst() {
        assertThat(plan(2, 10, 10, 4)).containsExactly(1, 1, 0);
        assertThat(plan(5, 10, 7, 4)).containsExactly(4, 1, 0);
        assertThat(plan(12, 10, 7, 4)).containsExactly(7, 4, 1);
        assertThat(plan(1, 5, 5, 5)).containsExactly(1, 0, 0);
        assertThat(plan(0, 10, 7, 4)).containsExactly(0, 0, 0);
    }

    @Test
    void whoWantsTooManyGetsAll() {
        assertThat(plan(21, 10, 7, 4)).containsExactly(10, 7, 4);
        assertThat(plan(100, 10, 7, 4)).containsExactly(10, 7, 4);
        assertThat(plan(100, 0, 0)).containsExactly(0, 0);
        assertThat(plan(Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .containsExactly(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    @Test
    void nobodyWantsLessThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> plan(-1, 5));
    }

    /** Against taking one code after the other from the fullest shard, which is as even as it gets. */
    @Test
    void whatRemainsIsAsEvenAsCanBe() {
        var random = new Random(20261123);
        for (int round = 0; round < 3_000; round++) {
            var sizes = random.ints(1 + random.nextInt(8), 0, 40).boxed().toList();
            int sum = sizes.stream().mapToInt(Integer::intValue).sum();
            int wanted = random.nextInt(sum + 1);

            var takes = AllotmentPlan.of(new PoolLevel(sizes), wanted);

            assertThat(takes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(wanted);
            assertThat(takes).allMatch(take -> take >= 0);
            assertThat(sorted(remaining(sizes, takes))).isEqualTo(sorted(oneByOne(sizes, wanted)));
        }
    }

    private static List<Integer> plan(long wanted, Integer... sizes) {
        return AllotmentPlan.of(new PoolLevel(List.of(sizes)), wanted);
    }

    private static List<Integer> remaining(List<Integer> sizes, List<Integer> takes) {
        var remaining = new ArrayList<Integer>();
        for (int i = 0; i < sizes.size(); i++) {
            remaining.add(sizes.get(i) - takes.get(i));
        }
        return remaining;
    }

    private static List<Integer> oneByOne(List<Integer> sizes, int wanted) {
        var left = new ArrayList<>(sizes);
        for (int i = 0; i < wanted; i++) {
            int fullest = left.indexOf(Collections.max(left));
            left.set(fullest, left.get(fullest) - 1);
        }
        return left;
    }

    private static List<Integer> sorted(List<Integer> numbers) {
        return numbers.stream().sorted().toList();
    }
}
