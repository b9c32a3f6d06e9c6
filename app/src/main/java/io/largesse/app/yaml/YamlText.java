package io.largesse.app.yaml;

import io.largesse.coupons.Money;
import io.largesse.coupons.RefusedException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A scalar as it was typed, and where. */
record YamlText(String key, int line, String value) {

    private static final Pattern WHOLE = Pattern.compile("[0-9][0-9_]{0,18}");

    long whole() {
        if (!WHOLE.matcher(value).matches()) {
            throw RefusedException.of("app.yaml.not-whole", key, line, value);
        }
        try {
            return Long.parseLong(value.replace("_", ""));
        } catch (NumberFormatException e) {
            throw RefusedException.of("app.yaml.not-whole", key, line, value);
        }
    }

    int smallWhole() {
        var whole = whole();
        if (whole > Integer.MAX_VALUE) {
            throw RefusedException.of("app.yaml.not-whole", key, line, value);
        }
        return (int) whole;
    }

    Money money(String currency) {
        return refusedHere(() -> Money.parse(value, currency));
    }

    /** Basis points of a share typed in per cent. */
    int percent() {
        try {
            return new BigDecimal(value).movePointRight(2).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw RefusedException.of("app.yaml.not-percent", key, line, value);
        }
    }

    ZoneId zone() {
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            throw RefusedException.of("app.yaml.not-zone", key, line, value);
        }
    }

    <E extends Enum<E>> E oneOf(Class<E> type) {
        var constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(c -> c.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> RefusedException.of("app.yaml.not-one-of", key, line, value, names(constants)));
    }

    private static String names(Enum<?>[] constants) {
        return Arrays.stream(constants)
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** A refusal of the value, with the key and the line that it stands at. */
    <T> T refusedHere(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RefusedException e) {
            throw new RefusedException(Located.at(key, line, e.why()));
        }
    }
}
