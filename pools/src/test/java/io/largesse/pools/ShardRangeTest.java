package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardRangeTest {

    @ParameterizedTest
    @CsvSource({"1, 1, 1000000, 8", "5, 100, 110, 8", "3, 7, 9, 8", "4, 68719476000, 68719476735, 5", "2, 1, 1, 1"})
    void thePartsAreTheRangeAndEven(long id, long first, long last, int shards) {
        var parts = ShardRange.split(id, first, last, shards);
        long next = first;
        for (var part : parts) {
            assertThat(part.first()).isEqualTo(next);
            assertThat(part.size()).isBetween((last - first + 1) / shards, (last - first) / shards + 1);
            next = part.last() + 1;
        }
        assertThat(next).isEqualTo(last + 1);
        assertThat(parts).extracting(ShardRange::shard).doesNotHaveDuplicates().allMatch(shard -> shard < shards);
    }

    @Test
    void smallRangesFallOnDifferentShards() {
        assertThat(ShardRange.split(8, 1, 1, 4).get(0).shard()).isZero();
        assertThat(ShardRange.split(9, 2, 2, 4).get(0).shard()).isOne();
    }

    @Test
    void anEmptyPartIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ShardRange(1, 0, 5, 4));
    }
}
