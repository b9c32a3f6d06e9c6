package io.largesse.coupons;

import static io.largesse.coupons.CodeMintTest.DATE;
import static io.largesse.coupons.CodeMintTest.KEYS;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.CodeReading.Forged;
import io.largesse.coupons.CodeReading.Malformed;
import io.largesse.coupons.CodeReading.Valid;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodeReaderTest {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final Random random = new Random(20261123);
    private final CodeReader reader = CodeReader.of(KEYS);
    private final CodeMint mint = CodeMint.of(CodeFormat.OPAQUE, "SUMMER", DATE, KEYS);

    @Test
    void caseSpaceAndLookalikesAreForgiven() {
        for (var code : mint.codes(1, 2_000)) {
            var head = code.substring(0, 16);
            var typed = head
                    + code.substring(16)
                            .replace('1', random.nextBoolean() ? 'I' : 'l')
                            .replace('0', 'o');
            assertThat(reader.read("\t " + typed.toLowerCase(java.util.Locale.ROOT) + "\n"))
                    .isInstanceOfSatisfying(
                            Valid.class, valid -> assertThat(valid.code()).isEqualTo(code));
        }
    }

    @Test
    void aWrongCharacterIsNoticed() {
        for (var code : mint.codes(5_000, 300)) {
            for (int at = 16; at < code.length(); at++) {
                for (char other : DIGITS.toCharArray()) {
                    if (other != code.charAt(at)) {
                        var typo = code.substring(0, at) + other + code.substring(at + 1);
                        assertThat(reader.read(typo)).as(typo).isInstanceOf(Forged.class);
                    }
                }
            }
        }
    }

    @Test
    void swappedNeighboursAreNoticed() {
        for (var code : mint.codes(9_000, 5_000)) {
            for (int at = 16; at < code.length() - 1; at++) {
                var swapped = code.substring(0, at) + code.charAt(at + 1) + code.charAt(at) + code.substring(at + 2);
                if (!swapped.equals(code)) {
                    assertThat(reader.read(swapped)).as(swapped).isInstanceOf(Forged.class);
                }
            }
        }
    }

    /** 4 million guesses at 1 in 2^29 each: 0.0075 expected to pass. The seed is fixed, so this is the same every time. */
    @Test
    void guessesDoNotPass() {
        assertThat(passing(OpaqueSerials.MAC_BITS, 4_000_000)).isZero();
    }

    /** The same with a MAC of 8 bits, where one guess in 256 should pass: 3,906 of a million, give or take 62 (sigma). */
    @Test
    void guessesPassAsOftenAsTheWidthOfTheMacSays() {
        assertThat(passing(8, 1_000_000)).isBetween(3_906 - 5 * 62, 3_906 + 5 * 62);
    }

    private int passing(int macBits, int guesses) {
        var serials = new OpaqueSerials(KEYS.subkeys("SUMMER", DATE).orElseThrow(), macBits);
        var guess = new StringBuilder("0".repeat(OpaqueSerials.CHARACTERS));
        int passed = 0;
        for (int i = 0; i < guesses; i++) {
            for (int at = 0; at < guess.length(); at++) {
                guess.setCharAt(at, DIGITS.charAt(random.nextInt(32)));
            }
            passed += serials.read(guess, 0).isPresent() ? 1 : 0;
        }
        return passed;
    }

    @Test
    void aCodeBelongsToItsPrefixDateAndKey() {
        var stranger = CodeReader.of(CodeKeys.parse(CodeKeys.newKeyLine(LocalDate.of(2026, 1, 1), new SecureRandom())));
        for (var code : mint.codes(1, 500)) {
            var serial = code.substring(16);
            assertThat(reader.read("SUMMES-20261122-" + serial)).isInstanceOf(Forged.class);
            assertThat(reader.read("SUMMER-20261123-" + serial)).isInstanceOf(Forged.class);
            assertThat(reader.read("SUMMER-20261022-" + serial))
                    .as("before any key")
                    .isInstanceOf(Forged.class);
            assertThat(stranger.read(code)).isInstanceOf(Forged.class);
        }
    }

    @Test
    void rotationLeavesOlderCodesValid() {
        var first = CodeKeys.newKeyLine(DATE.minusDays(10), new SecureRandom());
        var before = CodeKeys.parse(first);
        var after = CodeKeys.parse(first + "\n" + CodeKeys.newKeyLine(DATE.plusDays(1), new SecureRandom()));

        var old = CodeMint.of(CodeFormat.OPAQUE, "SUMMER", DATE, before)
                .codes(7, 1)
                .get(0);
        var fresh = CodeMint.of(CodeFormat.OPAQUE, "SUMMER", DATE.plusDays(1), after)
                .codes(7, 1)
                .get(0);

        assertThat(CodeReader.of(after).read(old)).isInstanceOf(Valid.class);
        assertThat(CodeReader.of(after).read(fresh)).isInstanceOf(Valid.class);
        assertThat(CodeReader.of(before).read(fresh)).isInstanceOf(Forged.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SUMMER",
                "SUMMER-20261122-",
                "SUMMER-20261122-12345678",
                "SUMMER-20261122-1234567890",
                "SUMMER-20261122-000000000",
                "SUMMER-20261122-7K3M9QXZT4B2",
                "SUMMER-20261122-7K3M9QXZT4B2PP",
                "SUMMER-20261122-UUUUUUUUUUUUU",
                "SUMMER-20261322-000000001",
                "SUMMER-00000101-000000001",
                "S-20261122-000000001",
                "ſUMMER-20261122-000000001",
                "SUMMER-20261122-00000000１",
                "SUMMER 20261122 000000001"
            })
    void otherTextIsMalformed(String typed) {
        assertThat(reader.read(typed)).isInstanceOf(Malformed.class);
    }

    @Test
    void aHugeTextIsMalformed() {
        assertThat(reader.read("A".repeat(10_000_000))).isInstanceOf(Malformed.class);
        assertThat(CodeReader.looksGenerated(" ".repeat(1_000_000))).isFalse();
    }

    @Test
    void whatLooksGeneratedIsKnownWithoutAKey() {
        assertThat(CodeReader.looksGenerated(" summer-20261122-000000001 ")).isTrue();
        assertThat(CodeReader.looksGenerated("SUMMER-20261122-7K3M9QXZT4B2P")).isTrue();
        assertThat(CodeReader.looksGenerated("WELCOME10")).isFalse();
    }
}
