package io.largesse.coupons;

import static io.largesse.coupons.CodeMintTest.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CodePlacesTest {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 23);

    /** One behind the other, and beside them one of another day and one of another campaign. */
    private static List<CodeRange> ranges(CodeFormat format) {
        return List.of(
                range(1, DATE, 1, 5_000, format),
                range(2, DATE, 5_001, 6_000, format),
                range(3, DATE.plusDays(1), 1, 100, format));
    }

    private static CodeRange range(long id, LocalDate date, long first, long last, CodeFormat format) {
        return new CodeRange(id, "SUMMER", date, first, last, 42, format, "READY", false);
    }

    @ParameterizedTest
    @EnumSource(CodeFormat.class)
    void manyAtOnceAreWhereEachAloneIs(CodeFormat format) {
        var codes =
                new ArrayList<String>(CodeMint.of(format, "SUMMER", DATE, KEYS).codes(4_500, 1_000));
        var odd = List.of("nothing", "SUMMER-20261123-0000000000000", "summer-20261123-000000007");
        for (var all : List.of(codes, shuffled(codes), with(codes, odd))) {
            var many = CodePlaces.of(ranges(format), KEYS);
            many.of(all.get(0));
            var alone = CodePlaces.of(ranges(format), KEYS);

            assertThat(many.of(all))
                    .isEqualTo(all.stream().map(alone::of).collect(java.util.stream.Collectors.toList()));
        }
    }

    @Test
    void aCodeIsInTheRangeThatHasItsSerial() {
        var places = CodePlaces.of(ranges(CodeFormat.SEQUENTIAL), KEYS);

        assertThat(places.of("SUMMER-20261123-000000001")).isEqualTo(new CodePlace(1, 0));
        assertThat(places.of("SUMMER-20261123-000005001")).isEqualTo(new CodePlace(2, 0));
        assertThat(places.of("SUMMER-20261123-000006000")).isEqualTo(new CodePlace(2, 999));
        assertThat(places.of("SUMMER-20261123-000006001")).isNull();
        assertThat(places.of("SUMMER-20261124-000000100")).isEqualTo(new CodePlace(3, 99));
        assertThat(places.of("WINTER-20261124-000000100")).isNull();
    }

    @Test
    void bitsAreThoseThatWereAdded() {
        var bits = new CodeBits();
        var random = new Random(1);
        var added = new java.util.TreeSet<Long>();
        for (int i = 0; i < 1_000; i++) {
            long offset = random.nextInt(200_000);
            assertThat(bits.add(new CodePlace(7, offset))).isEqualTo(added.add(offset));
        }
        var read = CodeBits.of(bits.changed());
        var told = new ArrayList<Long>();
        bits.changed().forEach(row -> row.places(place -> told.add(place.offset())));
        assertThat(told).containsExactlyElementsOf(added);
        assertThat(read.changed()).isEmpty();
        assertThat(read.remove(new CodePlace(7, added.first()))).isTrue();
        assertThat(read.remove(new CodePlace(7, added.first()))).isFalse();
        assertThat(read.contains(new CodePlace(7, added.first()))).isFalse();
        assertThat(read.contains(new CodePlace(8, added.last()))).isFalse();
        assertThat(read.changed()).hasSize(1);
    }

    /** Codes that are far apart, as those of one object are that grants have dealt: no more than a few bytes for each. */
    @Test
    void bitsThatAreFarApartTakeLittleRoom() {
        var bits = new CodeBits();
        var random = new Random(2);
        var added = new java.util.TreeSet<Long>();
        for (int i = 0; i < 45_000; i++) {
            long offset = random.nextInt(1_000_000_000);
            added.add(offset);
            bits.add(new CodePlace(7, offset));
        }
        bits.add(new CodePlace(7, 999_999_999));
        added.add(999_999_999L);

        var rows = bits.changed();
        assertThat(rows.stream().mapToInt(row -> row.bits().length).sum()).isLessThan(45_000 * 10);
        var told = new ArrayList<Long>();
        rows.forEach(row -> row.places(place -> told.add(place.offset())));
        assertThat(told).containsExactlyElementsOf(added);
        assertThat(CodeBits.of(rows).contains(new CodePlace(7, 999_999_999))).isTrue();
        var one = rows.get(0);
        var at = (int) (added.first() % CodeBits.OF_A_BLOCK);
        assertThat(new CodeBits.ObjectRow(1, one.bits()).contains(at)).isTrue();
        assertThat(new CodeBits.ObjectRow(1, one.bits()).contains((at + 1) % CodeBits.OF_A_BLOCK))
                .isEqualTo(added.contains(added.first() + 1));
    }

    @Test
    void aBlockThatWasKeptBitByBitIsTheSameAfterwards() {
        var dense = new byte[CodeBits.OF_A_BLOCK / 8];
        dense[0] = 1;
        dense[8191] = (byte) 0x80;
        dense[100] = 0b0101;
        var told = new ArrayList<Long>();

        new CodeBits.Row(7, 2, CodeBits.Row.ofBits(dense)).places(place -> told.add(place.offset()));

        assertThat(told).containsExactly(131_072L, 131_872L, 131_874L, 196_607L);
    }

    private static List<String> shuffled(List<String> codes) {
        var shuffled = new ArrayList<>(codes);
        java.util.Collections.shuffle(shuffled, new Random(1));
        return shuffled;
    }

    private static List<String> with(List<String> codes, List<String> odd) {
        var all = new ArrayList<>(codes.subList(0, 20));
        all.addAll(odd);
        return all;
    }
}
