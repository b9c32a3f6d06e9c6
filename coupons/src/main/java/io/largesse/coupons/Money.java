package io.largesse.coupons;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An amount in minor units of an ISO 4217 currency (cents, fen). Typed amounts with more decimals than the currency has
 * are refused rather than rounded.
 */
public record Money(long minor, Currency currency) {

    private static final Pattern TYPED = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,20})?");

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
        if (!TYPED.matcher(amount).matches()) {
            throw malformed(amount, unit);
        }
        try {
            var minor = new BigDecimal(amount).movePointRight(digits(unit)).longValueExact();
            return new Money(minor, unit);
        } catch (ArithmeticException e) {
            throw malformed(amount, unit);
        }
    }

    private static RefusedException malformed(String amount, Currency unit) {
        return RefusedException.of("coupons.money.malformed", amount, unit, digits(unit));
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
