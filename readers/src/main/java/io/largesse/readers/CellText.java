package io.largesse.readers;

import org.jspecify.annotations.Nullable;

/** The text of one cell while it is gathered; of overlong text only the beginning is kept. */
final class CellText {

    private final char[] chars = new char[Cut.READ];
    private int length;

    void clear() {
        length = 0;
    }

    void add(char[] source, int start, int count) {
        var n = Math.min(count, chars.length - length);
        System.arraycopy(source, start, chars, length, n);
        length += n;
    }

    int length() {
        return length;
    }

    char[] chars() {
        return chars;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /** The text read as a non-negative number, or -1 if it is none or has more than nine digits. */
    int asIndex() {
        if (length == 0 || length > 9) {
            return -1;
        }
        var value = 0;
        for (var i = 0; i < length; i++) {
            var digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /** Plain digits without leading zeros that a spreadsheet keeps exactly: nearly every numeric id is that. */
    boolean isPlainWhole() {
        if (length == 0 || length > NumberCell.EXACT_DIGITS || (chars[0] == '0' && length > 1)) {
            return false;
        }
        for (var i = 0; i < length; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** The text with the escapes of the workbook format resolved. */
    String unescaped() {
        var resolved = unescapedIfNeeded();
        return resolved == null ? toString() : resolved;
    }

    /** Null if there is no escape in the text, which is nearly always so and then costs no string. */
    @Nullable
    String unescapedIfNeeded() {
        for (var i = 0; i < length - 1; i++) {
            if (chars[i] == '_' && chars[i + 1] == 'x') {
                return CharacterEscapes.resolve(toString());
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
