package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.SecureRandom;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeKeysTest {

    private static final LocalDate START = LocalDate.of(2026, 11, 1);
    private static final LocalDate ROTATED = LocalDate.of(2026, 12, 1);
    private static final String FIRST = CodeKeys.newKeyLine(START, new SecureRandom());
    private static final String SECOND = CodeKeys.newKeyLine(ROTATED, new SecureRandom());

    @Test
    void theKeyInForceIsTheLatestThatHasBegun() {
        var keys = CodeKeys.parse("# made by hand\n\n" + SECOND + " # rotated\r\n  " + FIRST + "  \n");
        var before = CodeKeys.parse(FIRST);

        assertThat(keys.subkeys("SUMMER", START.minusDays(1))).isEmpty();
        assertThat(keys.subkeys("SUMMER", ROTATED.minusDays(1)).orElseThrow())
                .isEqualTo(before.subkeys("SUMMER", ROTATED.minusDays(1)).orElseThrow());
        assertThat(keys.subkeys("SUMMER", ROTATED).orElseThrow())
                .isNotEqualTo(before.subkeys("SUMMER", ROTATED).orElseThrow());
    }

    @Test
    void everyPrefixAndDateHasSubkeysOfItsOwn() {
        var keys = CodeKeys.parse(FIRST);
        var some = keys.subkeys("SUMMER", START).orElseThrow();
        assertThat(some).hasSize(32);
        assertThat(keys.subkeys("WINTER", START).orElseThrow()).isNotEqualTo(some);
        assertThat(keys.subkeys("SUMMER", START.plusDays(1)).orElseThrow()).isNotEqualTo(some);
    }

    @Test
    void fingerprintsTellKeysApartAndSurviveRotation() {
        var before = CodeKeys.parse(FIRST);
        var after = CodeKeys.parse(FIRST + "\n" + SECOND);

        assertThat(before.fingerprint()).matches("[0-9a-f]{16}").isNotEqualTo(after.fingerprint());
        assertThat(CodeKeys.parse(SECOND + "\n" + FIRST).fingerprint()).isEqualTo(after.fingerprint());
        assertThat(after.fingerprint(START)).isPresent().isEqualTo(before.fingerprint(START));
        assertThat(after.fingerprint(ROTATED)).isPresent().isNotEqualTo(before.fingerprint(ROTATED));
        assertThat(after.fingerprint(START.minusDays(1))).isEmpty();
    }

    @Test
    void nothingShowsAKey() {
        var secret = FIRST.substring(FIRST.indexOf('=') + 2);
        assertThat(CodeKeys.parse(FIRST).toString()).contains("2026-11-01").doesNotContain(secret.substring(0, 8));
        var refused = refusal("2026-11-23 = " + secret.substring(0, 30) + "!");
        assertThat(refused).hasMessageNotContaining(secret.substring(0, 8)).hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "'hello', coupons.code-keys.form",
        "'2026-13-01 = AAAA', coupons.code-keys.form",
        "'2026-11-23 = ????', coupons.code-keys.base64",
        "'2026-11-23 = AAAA', coupons.code-keys.length",
        "'2026-11-23 =', coupons.code-keys.length"
    })
    void aBadLineIsNamed(String line, String reason) {
        var why = refusal(FIRST + "\n# comment\n" + line).why();
        assertThat(why.code()).isEqualTo(reason);
        assertThat(why.arguments().get(0)).isEqualTo("3");
    }

    @Test
    void aDateHasOneKeyAndAnInstallationHasSome() {
        assertThat(refusal(FIRST + "\n" + CodeKeys.newKeyLine(START, new SecureRandom()))
                        .why())
                .isEqualTo(Message.of("coupons.code-keys.twice", 2, START));
        assertThat(refusal("# nothing yet").why().code()).isEqualTo("coupons.code-keys.none");
    }

    private static RefusedException refusal(String text) {
        return catchThrowableOfType(RefusedException.class, () -> CodeKeys.parse(text));
    }
}
