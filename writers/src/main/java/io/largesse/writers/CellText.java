package io.largesse.writers;

import io.largesse.coupons.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.ss.SpreadsheetVersion;

/** Typed data as the text of a spreadsheet's cell. */
final class CellText {

    private static final int MAX_LENGTH = SpreadsheetVersion.EXCEL2007.getMaxTextLength();

    /** All but tabs and line breaks, which a cell can hold. */
    private static final Pattern RUN = Pattern.compile("[^\t\n\r]+");

    /** Spreadsheet programs read {@code _x0041_} in a cell as the character of that code; its underscore is spelt so. */
    private static final Pattern ESCAPE = Pattern.compile("_(?=x[0-9A-Fa-f]{4}_)");

    private CellText() {}

    static String of(String typed) {
        var shown = isPlain(typed)
                ? typed
                : RUN.matcher(typed).replaceAll(run -> Matcher.quoteReplacement(Printable.of(run.group())));
        if (shown.indexOf('_') >= 0) {
            shown = ESCAPE.matcher(shown).replaceAll("_x005F_");
        }
        return shown.length() <= MAX_LENGTH ? shown : cut(shown);
    }

    /** Whether a spreadsheet program would take it for a formula, were it typed or pasted. */
    static boolean looksComputed(String typed) {
        return !typed.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(typed.charAt(0)) >= 0;
    }

    private static boolean isPlain(String typed) {
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            if ((c < ' ' || c > '~') && !Character.isLetterOrDigit(c)) {
                return false;
            }
        }
        return true;
    }

    private static String cut(String text) {
        int end = MAX_LENGTH - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + '…';
    }
}
