package io.largesse.coupons;

import static io.largesse.coupons.Books.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenefitTest {

    @ParameterizedTest
    @CsvSource({
        "coupons.benefit.amount, 0, CNY, 50, CNY",
        "coupons.benefit.amount, 50.01, CNY, 50, CNY",
        "coupons.benefit.amount, 1, CNY, 0, CNY",
        "coupons.benefit.currencies, 10, CNY, 50, USD"
    })
    void anAmountOffThatIsNoneIsRefused(
            String code, String amount, String currency, String threshold, String thresholdCurrency) {
        var off = Money.parse(amount, currency);
        var least = Money.parse(threshold, thresholdCurrency);

        assertRefused(code, () -> new Benefit.AmountOff(off, least));
    }

    @ParameterizedTest
    @CsvSource({
        "coupons.benefit.percent, 0, 10, CNY",
        "coupons.benefit.percent, -1, 10, CNY",
        "coupons.benefit.percent, 10001, 10, CNY",
        "coupons.benefit.percent, 10100, 10, CNY",
        "coupons.benefit.cap, 1000, 0, CNY",
        "coupons.benefit.currencies, 1000, 10, USD"
    })
    void aPercentOffThatIsNoneIsRefused(String code, int basisPoints, String cap, String currency) {
        var most = Money.parse(cap, currency);

        assertRefused(code, () -> new Benefit.PercentOff(basisPoints, most, Money.parse("50", "CNY")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10_000})
    void theFirstAndTheLastPercentageAreAllowed(int basisPoints) {
        var cap = Money.parse("10", "CNY");

        assertThat(new Benefit.PercentOff(basisPoints, cap, Money.parse("0", "CNY")).faceValue())
                .isEqualTo(cap);
    }

    @Test
    void anAmountOffMayBeTheWholeThreshold() {
        var ten = Money.parse("10", "CNY");

        assertThat(new Benefit.AmountOff(ten, ten).faceValue()).isEqualTo(ten);
    }

    @Test
    void limitsAreUpTo100DifferentWordsOf64Characters() {
        var most = IntStream.range(0, 100)
                .mapToObj(i -> "x".repeat(61) + (100 + i))
                .toList();
        assertThat(new Limits(most, most, most).regions()).isEqualTo(most);

        var none = List.<String>of();
        var tooMany = IntStream.range(0, 101).mapToObj(String::valueOf).toList();
        for (var wrong : List.of(tooMany, List.of("a", "a"), List.of(""), List.of(" "), List.of("x".repeat(65)))) {
            assertRefused("coupons.limits.words", () -> new Limits(wrong, none, none));
            assertRefused("coupons.limits.words", () -> new Limits(none, wrong, none));
            assertRefused("coupons.limits.words", () -> new Limits(none, none, wrong));
        }
    }

    @Test
    void limitsDoNotChangeWithTheListTheyWereMadeOf() {
        var words = new java.util.ArrayList<>(List.of("app"));
        var limits = new Limits(words, List.of(), List.of());
        Collections.addAll(words, "app", "app");

        assertThat(limits.platforms()).containsExactly("app");
    }
}
