package io.largesse.coupons;

import static io.largesse.coupons.Books.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {

    private static final String EMOJI = "\uD83D\uDE00";

    static Stream<Arguments> forms() {
        return Stream.of(
                Arguments.of("U123", "U123"),
                Arguments.of("uSeR", "uSeR"),
                Arguments.of(" \t U1 \r\n", "U1"),
                // full-width letters, digits and spaces, and no-break spaces
                Arguments.of("\u3000\uFF35\uFF11\uFF12\uFF13\u3000", "U123"),
                Arguments.of("\u00A0U1\u00A0", "U1"),
                // a letter and its accent become one character, a ligature two
                Arguments.of("e\u0301", "\u00E9"),
                Arguments.of("\u212Bngstr\u00F6m", "\u00C5ngstr\u00F6m"),
                Arguments.of("\uFB01ve", "five"),
                Arguments.of("张三", "张三"),
                Arguments.of(EMOJI, EMOJI),
                Arguments.of("12345678901234567890", "12345678901234567890"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void whatIsTypedHasOneForm(String typed, String canonical) {
        assertThat(UserId.parse(typed)).isEqualTo(canonical);
        assertThat(UserId.parse(canonical)).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "\u3000", "\u00A0\u2003\n"})
    void nothingIsNoUser(String typed) {
        assertRefused("coupons.user-id.empty", () -> UserId.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b", // a space
                "a\u3000b",
                "a\tb", // control characters
                "a\u0000",
                "a\u200Bb", // zero width: space, joiner, byte order mark, soft hyphen, word joiner
                "a\u200Db",
                "\uFEFFa",
                "a\u00ADb",
                "a\u2060",
                "\u202Ea", // bidirectional: override, isolate, mark
                "a\u2066b",
                "a\u200E",
                "a\u2028b", // line and paragraph
                "a\u2029b",
                "\uD83D", // half of a pair
                "a\uE000", // private, unassigned
                "a\uFFFF",
                "\u2764\uFE0F", // variation selectors
                "a\uDB40\uDD00",
                "a\u034F", // combining grapheme joiner
                "a\u3164", // fillers of Hangul, full and half width
                "a\uFFA0",
                "\u115F",
                "\u2800", // a braille cell without a dot
                "\uFFFD" // what was a character once
            })
    void whatCannotBeSeenIsRefusedAndNamed(String typed) {
        assertRefused("coupons.user-id.invisible", () -> UserId.parse(typed));
        assertThat(UserId.problem(UserId.canonical(typed)).arguments().get(0)).matches("U\\+[0-9A-F]{4,6}");
    }

    @ParameterizedTest
    @MethodSource("characters")
    void anIdHasUpTo64CharactersHoweverManyBytesTheyTake(String character) {
        assertThat(UserId.parse(character.repeat(64))).isEqualTo(character.repeat(64));
        assertRefused("coupons.user-id.too-long", () -> UserId.parse(character.repeat(65)));
    }

    static String[] characters() {
        return new String[] {"a", "é", "张", EMOJI};
    }

    @Test
    void theLengthIsThatOfTheCanonicalForm() {
        assertThat(UserId.parse("  " + "e\u0301".repeat(64) + "  ")).isEqualTo("\u00E9".repeat(64));
        // one character that unfolds into 18
        assertRefused("coupons.user-id.invisible", () -> UserId.parse("\uFDFA"));
        assertRefused("coupons.user-id.too-long", () -> UserId.parse("\uFB01".repeat(33)));
    }

    /** For every character there is: whatever is accepted is its own canonical form. */
    @Test
    void aCanonicalFormIsCanonical() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            var canonical = UserId.canonical("a" + Character.toString(c) + "b");
            assertThat(UserId.canonical(canonical)).isEqualTo(canonical);
        }
    }
}
