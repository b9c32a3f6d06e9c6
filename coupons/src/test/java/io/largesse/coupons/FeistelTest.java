package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeistelTest {

    private final Random random = new Random(20261123);

    @Test
    void everyNumberOfASmallDomainHasAnImageOfItsOwn() {
        var feistel = new Feistel(8, new BlockPrf(key()));
        var images = new BitSet();
        int unmoved = 0;
        for (int from = 0; from < 1 << 16; from += BlockPrf.BATCH) {
            var values = consecutive(from, BlockPrf.BATCH);
            feistel.forward(values, BlockPrf.BATCH);
            for (int i = 0; i < values.length; i++) {
                assertThat(values[i]).isBetween(0L, (1L << 16) - 1);
                images.set((int) values[i]);
                unmoved += values[i] == from + i ? 1 : 0;
            }
        }
        assertThat(images.cardinality()).isEqualTo(1 << 16);
        assertThat(unmoved).as("a random permutation has about one fixed point").isLessThan(10);
    }

    @Test
    void theInverseLeadsBack() {
        var feistel = new Feistel(18, new BlockPrf(key()));
        for (int round = 0; round < 20; round++) {
            var values = random.longs(BlockPrf.BATCH, 0, 1L << 36).toArray();
            var images = values.clone();
            feistel.forward(images, images.length);
            for (int i = 0; i < values.length; i++) {
                assertThat(feistel.inverse(images[i])).isEqualTo(values[i]);
            }
        }
    }

    @Test
    void consecutiveNumbersAreFarApart() {
        var feistel = new Feistel(18, new BlockPrf(key()));
        var images = consecutive(1, BlockPrf.BATCH);
        feistel.forward(images, images.length);
        int differing = 0;
        for (int i = 1; i < images.length; i++) {
            differing += Long.bitCount(images[i] ^ images[i - 1]);
        }
        assertThat((double) differing / (images.length - 1))
                .as("bits of 36 that change with the next serial")
                .isBetween(17.0, 19.0);
    }

    private byte[] key() {
        var key = new byte[16];
        random.nextBytes(key);
        return key;
    }

    private static long[] consecutive(long first, int n) {
        var values = new long[n];
        for (int i = 0; i < n; i++) {
            values[i] = first + i;
        }
        return values;
    }
}
