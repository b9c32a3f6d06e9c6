package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "张三", "\uD83D\uDE00", "a b", "\uFF11\uFF12", "e\u0301", "it's {0}", "\u3000"})
    void whatCanBePrintedStaysAsItIs(String typed) {
        assertThat(Printable.of(typed)).isEqualTo(typed);
    }

    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a\u001B[31mb,a\\u001B[31mb",
                "a\u0007,a\\u0007",
                "a\u0085,a\\u0085",
                "a\u202Eb,a\\u202Eb",
                "a\u2066b,a\\u2066b",
                "a\u200Bb,a\\u200Bb",
                "\uFEFFa,\\uFEFFa",
                "a\u2028b,a\\u2028b",
                "a\u2029b,a\\u2029b",
                "a\uE000,a\\uE000",
                "a\uFFFF,a\\uFFFF",
                "a\uDB40\uDC41,a\\uE0041",
                "\uD83D,\\uD83D",
                "\uDE00\uD83D,\\uDE00\\uD83D"
            })
    void whatCouldDoHarmIsShownByItsNumber(String typed, String shown) {
        assertThat(Printable.of(typed)).isEqualTo(shown);
    }

    @Test
    void linesCannotBeForged() {
        assertThat(Printable.of("a\nb\rc\td")).isEqualTo("a\\u000Ab\\u000Dc\\u0009d");
    }

    @Test
    void aMessageIsPrintableWhateverItsArguments() {
        var refusal = RefusedException.of("coupons.campaign.unknown", "x\u202E\n{1}'");

        assertThat(refusal).hasMessageContaining("x\\u202E\\u000A{1}'");
    }
}
