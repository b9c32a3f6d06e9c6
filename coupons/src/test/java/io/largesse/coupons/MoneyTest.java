package io.largesse.coupons;

import static io.largesse.coupons.Books.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @ParameterizedTest
    @CsvSource({
        "12.50, CNY, 1250, 12.50 CNY",
        "12.5, CNY, 1250, 12.50 CNY",
        "0, CNY, 0, 0.00 CNY",
        "0.01, USD, 1, 0.01 USD",
        "100, JPY, 100, 100 JPY",
        "1.234, KWD, 1234, 1.234 KWD",
        "92233720368547758.07, CNY, 9223372036854775807, 92233720368547758.07 CNY"
    })
    void whatIsTypedIsReadAndShown(String typed, String currency, long minor, String shown) {
        var money = Money.parse(typed, currency);

        assertThat(money.minor()).isEqualTo(minor);
        assertThat(money).hasToString(shown).isEqualTo(Money.ofMinor(minor, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "coupons.money.malformed, 12.505, CNY",
        "coupons.money.malformed, 100.5, JPY",
        "coupons.money.malformed, 1.2345, KWD",
        "coupons.money.malformed, 92233720368547758.08, CNY",
        "coupons.money.malformed, 99999999999999999999999999, CNY",
        "coupons.money.malformed, 1e999999999, CNY",
        "coupons.money.malformed, 1e-999999999, CNY",
        "coupons.money.malformed, 1e3, CNY",
        "coupons.money.malformed, 0x10, CNY",
        "coupons.money.malformed, '1,000', CNY",
        "coupons.money.malformed, ' 1', CNY",
        "coupons.money.malformed, '', CNY",
        "coupons.money.malformed, NaN, CNY",
        "coupons.money.negative, -0.01, CNY",
        "coupons.money.currency, 1, cny",
        "coupons.money.currency, 1, RMB",
        "coupons.money.currency, 1, ''"
    })
    void whatIsNoAmountIsRefusedRatherThanRounded(String code, String typed, String currency) {
        assertRefused(code, () -> Money.parse(typed, currency));
    }

    @Test
    void anAmountIsNeverNegative() {
        assertRefused("coupons.money.negative", () -> Money.ofMinor(-1, "CNY"));
    }
}
