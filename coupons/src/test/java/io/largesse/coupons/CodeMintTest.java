package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.LocalDate;
import java.util.Base64;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodeMintTest {

    static final LocalDate DATE = LocalDate.of(2026, 11, 22);
    static final CodeKeys KEYS =
            CodeKeys.parse("2026-11-01 = " + Base64.getEncoder().encodeToString(new byte[32]));

    @Test
    void aSequentialCodeShowsItsSerial() {
        var mint = CodeMint.of(CodeFormat.SEQUENTIAL, "SUMMER", DATE, KEYS);
        assertThat(mint.codes(1_234_567, 3))
                .containsExactly("SUMMER-20261122-001234567", "SUMMER-20261122-001234568", "SUMMER-20261122-001234569");
        assertThat(mint.codes(999_999_999, 1)).containsExactly("SUMMER-20261122-999999999");
    }

    /** Codes are kept for years: this output may never change. */
    @Test
    void anOpaqueCodeIsTheSameForEver() {
        assertThat(CodeMint.of(CodeFormat.OPAQUE, "SUMMER", DATE, KEYS).codes(1, 2))
                .containsExactly("SUMMER-20261122-30KQYGRQX3G4F", "SUMMER-20261122-5EXCWW44PQ228");
    }

    @ParameterizedTest
    @EnumSource(CodeFormat.class)
    void aMillionCodesDifferAndLeadBackToTheirSerials(CodeFormat format) {
        var mint = CodeMint.of(format, "SUMMER", DATE, KEYS);
        var reader = CodeReader.of(KEYS);
        var seen = new HashSet<String>(1 << 21);
        for (int from = 1; from <= 1_000_000; from += 5_000) {
            int serial = from;
            for (var code : mint.codes(from, 5_000)) {
                seen.add(code);
                assertThat(reader.read(code)).isEqualTo(new CodeReading.Valid(code, format, "SUMMER", DATE, serial++));
            }
        }
        assertThat(seen).hasSize(1_000_000).allMatch(code -> code.length() == mint.length());
    }

    @ParameterizedTest
    @EnumSource(CodeFormat.class)
    void batchesDoNotChangeACode(CodeFormat format) {
        var mint = CodeMint.of(format, "SUMMER", DATE, KEYS);
        var all = mint.codes(1, 3_000);
        assertThat(mint.codes(1_020, 10)).isEqualTo(all.subList(1_019, 1_029));
        assertThat(mint.codes(3_000, 1)).isEqualTo(all.subList(2_999, 3_000));
        assertThat(mint.codes(1, 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CodeFormat.class)
    void theLargestSerialIsTheLast(CodeFormat format) {
        var mint = CodeMint.of(format, "SUMMER", DATE, KEYS);
        var last = mint.codes(format.maxSerial(), 1).get(0);
        assertThat(CodeReader.of(KEYS).read(last))
                .isEqualTo(new CodeReading.Valid(last, format, "SUMMER", DATE, format.maxSerial()));
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "-5, 10", "999999999, 2", "9223372036854775807, 2"})
    void otherSerialsAreRefused(long first, int count) {
        var mint = CodeMint.of(CodeFormat.SEQUENTIAL, "SUMMER", DATE, KEYS);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> mint.codes(first, count))
                .satisfies(e -> assertThat(e.why().code()).isEqualTo("coupons.code.serials"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S", "summer", "2026X", "SUMMER-1", "SUMMERSUMMER1", "ÉTÉ", "SUMMER\n"})
    void otherPrefixesAreRefused(String prefix) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> CodeMint.of(CodeFormat.SEQUENTIAL, prefix, DATE, KEYS))
                .satisfies(e -> assertThat(e.why().code()).isEqualTo("coupons.code.prefix"));
    }

    @Test
    void onlyOpaqueCodesNeedAKey() {
        var before = LocalDate.of(2026, 10, 31);
        assertThat(CodeMint.of(CodeFormat.SEQUENTIAL, "SUMMER", before, KEYS).codes(1, 1))
                .hasSize(1);
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> CodeMint.of(CodeFormat.OPAQUE, "SUMMER", before, KEYS))
                .satisfies(e -> assertThat(e.why()).isEqualTo(Message.of("coupons.code.no-key", before)));
    }
}
