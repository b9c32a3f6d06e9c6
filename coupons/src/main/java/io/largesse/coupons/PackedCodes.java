package io.largesse.coupons;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Codes of one length, one behind the other in a single text: thousands travel as one value, where each alone would cost
 * several allocations on either side.
 *
 * @param text in ASCII
 * @param length of each code
 */
public record PackedCodes(String text, int length) {

    public PackedCodes {
        if (length < 1 || text.length() % length != 0) {
            throw new IllegalArgumentException(text.length() + " characters are no codes of " + length);
        }
    }

    static PackedCodes of(byte[] ascii, int length) {
        return new PackedCodes(new String(ascii, StandardCharsets.ISO_8859_1), length);
    }

    /** @param codes at least one, all as long as the first */
    public static PackedCodes of(List<String> codes) {
        return new PackedCodes(String.join("", codes), codes.get(0).length());
    }

    public int count() {
        return text.length() / length;
    }
}
