package io.largesse.readers;

import org.apache.poi.ss.usermodel.BuiltinFormats;
import org.apache.poi.ss.usermodel.DateUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a cell's number format says about a number in it.
 *
 * @param date it is shown as a date or a time
 * @param zeros it is shown with at least so many digits; 0 for any format but plain zeros
 */
record NumberStyle(boolean date, int zeros) {

    static final NumberStyle PLAIN = new NumberStyle(false, 0);
    private static final NumberStyle DATE = new NumberStyle(true, 0);

    static NumberStyle of(int id, @Nullable String code) {
        var isBuiltin = code == null;
        if (isBuiltin && isEastAsianDate(id)) {
            return DATE;
        }
        var format = isBuiltin ? BuiltinFormats.getBuiltinFormat(id) : code;
        if (format == null) {
            return PLAIN;
        }
        if (DateUtil.isADateFormat(id, format)) {
            return DATE;
        }
        return format.matches("0{2,64}") ? new NumberStyle(false, format.length()) : PLAIN;
    }

    /** Built-in formats of Chinese, Japanese and Korean Excel, which files name by number only (ECMA-376, 18.8.30). */
    private static boolean isEastAsianDate(int id) {
        return (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
    }
}
