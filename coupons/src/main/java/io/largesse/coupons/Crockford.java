package io.largesse.coupons;

import java.util.Arrays;

/** Crockford's base 32: five bits a character, without I, L, O and U (crockford.com/base32.html). */
final class Crockford {

    private static final byte[] DIGITS =
            "0123456789ABCDEFGHJKMNPQRSTVWXYZ".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < DIGITS.length; i++) {
            VALUES[DIGITS[i]] = (byte) i;
            VALUES[Character.toLowerCase(DIGITS[i])] = (byte) i;
        }
        for (char c : "IiLl".toCharArray()) {
            VALUES[c] = 1;
        }
        VALUES['O'] = 0;
        VALUES['o'] = 0;
    }

    private Crockford() {}

    /** Writes the lowest {@code 5 * count} bits of the value, the highest of them first. */
    static void write(long value, byte[] into, int at, int count) {
        for (int i = at + count - 1; i >= at; i--) {
            into[i] = DIGITS[(int) value & 31];
            value >>>= 5;
        }
    }

    /** Whether all characters from there on are digits as they are written: no lower case, and none that is read as another. */
    static boolean isWritten(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= VALUES.length || VALUES[c] < 0 || DIGITS[VALUES[c]] != c) {
                return false;
            }
        }
        return true;
    }

    /** The value of these characters (at most 12), case ignored, I and L read as 1, O as 0; -1 if one is no digit. */
    static long read(CharSequence text, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            char c = text.charAt(i);
            int digit = c < VALUES.length ? VALUES[c] : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 5 | digit;
        }
        return value;
    }
}
