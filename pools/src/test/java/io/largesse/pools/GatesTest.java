package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class GatesTest extends RedisTest {

    private static final long FRESH = 77;

    @Test
    void aGateThatWasNeverOpenedIsClosed() {
        assertThat(pools.gates().of(FRESH)).isEqualTo(new Gate(false, 0));
        assertThat(pools.take(new BlockName(FRESH, 0, "a"), 1, TAKER)).isEqualTo(new Take.Closed());
    }

    @Test
    void everyChangeRaisesTheEpochAndNoRepetitionDoes() {
        assertThat(pools.gates().open(FRESH)).isEqualTo(new Gate(true, 1));
        assertThat(pools.gates().open(FRESH)).isEqualTo(new Gate(true, 1));
        assertThat(pools.gates().close(FRESH)).isEqualTo(new Gate(false, 2));
        assertThat(pools.gates().close(FRESH)).isEqualTo(new Gate(false, 2));
        assertThat(pools.gates().open(FRESH)).isEqualTo(new Gate(true, 3));
    }

    @Test
    void aGateThatAnInterruptedChangeLeftHalfOpenIsClosedUntilTheChangeIsRepeated() {
        set(0, "open", 5);
        assertThat(pools.gates().of(FRESH)).isEqualTo(new Gate(false, 5));
        assertThat(pools.gates().close(FRESH)).isEqualTo(new Gate(false, 6));

        set(0, "open", 7);
        assertThat(pools.gates().open(FRESH)).isEqualTo(new Gate(true, 8));
    }

    @Test
    void aLateRequestChangesNothingAndOfEqualOnesClosedWins() {
        set(0, "closed", 4);
        assertThat(set(0, "open", 3)).containsExactly("closed", "4");
        assertThat(set(0, "open", 4)).containsExactly("closed", "4");
        set(0, "open", 5);
        assertThat(set(0, "closed", 5)).containsExactly("closed", "5");
        assertThat(set(0, "closed", 4)).containsExactly("closed", "5");
    }

    @Test
    void closingWinsOverSomebodyWhoOpens() throws Exception {
        for (int round = 0; round < 30; round++) {
            long campaign = 1000 + round;
            pools.gates().open(campaign);
            Threads.run(4, thread -> {
                if (thread == 0) {
                    pools.gates().close(campaign);
                } else {
                    pools.gates().open(campaign);
                }
            });
            var gate = pools.gates().of(campaign);
            var uniform = pools.gates().close(campaign);
            assertThat(uniform.open()).as("was " + gate).isFalse();
        }
    }

    private List<String> set(int shard, String state, long epoch) {
        return new Scripts(redisson).run("set a gate", Script.SET_GATE, List.of(Keys.gate(shard, FRESH)), state, epoch);
    }
}
