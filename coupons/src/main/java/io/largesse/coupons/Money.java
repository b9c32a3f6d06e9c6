package io.largesse.coupons;

import java.math.BigDecimal;
import java.util.Currency;

/**
 * An amount in minor units of an ISO 4217 currency (cents, fen). Typed amounts with more decimals than the currency has
 * are refused rather than rounded.
 */
public record Money(long minor, Currency currency) {

    public Money {
        if (minor < 0) {
            throw RefusedException.of("coupons.money.negative", minor);
        }
    }

    public static Money ofMinor(long minor, String currency) {
        return new Money(minor, currency(currency));
    }

    /** An amount as typed, "12.50". */
    public static Money parse(String amount, String currency) {
        var unit = currency(currency);
        try {
            var minor = new BigDecimal(amount).movePointRight(digits(unit)).longValueExact();
            return new Money(minor, unit);
        } catch (ArithmeticException | NumberFormatException e) {
            throw RefusedException.of("coupons.money.malformed", amount, currency, digits(unit));
        }
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(minor, digits(currency)).toPlainString() + " " + currency.getCurrencyCode();
    }

    private static Currency currency(String code) {
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException e) {
            throw RefusedException.of("coupons.money.currency", code);
        }
    }

    private static int digits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }
}
