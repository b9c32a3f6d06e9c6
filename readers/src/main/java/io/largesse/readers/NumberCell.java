package io.largesse.readers;

import java.math.BigDecimal;
import org.apache.poi.ss.usermodel.DateUtil;

/** Puts the number of a cell into a row: exact, or as the reason why it is no user id. */
final class NumberCell {

    /** A spreadsheet keeps numbers as binary floating point, exact to 15 decimal digits. */
    static final int EXACT_DIGITS = 15;

    private NumberCell() {}

    static void put(RawRow row, int column, String number, NumberStyle style, boolean dates1904) {
        if (style.date()) {
            row.set(column, CellKind.DATE, dated(number, dates1904));
            return;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(number.strip()).stripTrailingZeros();
        } catch (NumberFormatException e) {
            row.set(column, CellKind.ERROR, number);
            return;
        }
        if (value.scale() > 0 || value.signum() < 0) {
            row.set(column, CellKind.NOT_WHOLE, number);
        } else if ((long) value.precision() - value.scale() > EXACT_DIGITS) {
            row.set(column, CellKind.TOO_MANY_DIGITS, number);
        } else {
            row.set(column, CellKind.WHOLE, padded(value.toPlainString(), style.zeros()));
        }
    }

    /** A date as a person writes it, for the reject report. */
    private static String dated(String number, boolean dates1904) {
        try {
            var at = DateUtil.getLocalDateTime(Double.parseDouble(number), dates1904);
            return at == null ? number : at.toString().replace("T00:00", "");
        } catch (NumberFormatException e) {
            return number;
        }
    }

    static String padded(String digits, int zeros) {
        return digits.length() >= zeros ? digits : "0".repeat(zeros - digits.length()) + digits;
    }
}
