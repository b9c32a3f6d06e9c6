package io.largesse.writers;

import java.util.function.Supplier;

/** What text costs in PostgreSQL's encoding, and what of it PostgreSQL cannot hold. */
final class Utf8 {

    private Utf8() {}

    /**
     * The bytes a text takes. Refuses what {@code String.getBytes} would quietly turn into a question mark, since two user
     * ids could become one by it.
     */
    static int length(String text, Supplier<String> where) {
        int length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                length += c < 0x800 ? 1 : 2;
                if (Character.isSurrogate(c)) {
                    requirePair(text, i, where);
                    i++;
                }
            } else if (c == 0) {
                throw refused("NUL", i, where);
            }
        }
        return length;
    }

    private static void requirePair(String text, int i, Supplier<String> where) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
            throw refused("half a surrogate pair", i, where);
        }
    }

    private static IllegalArgumentException refused(String what, int index, Supplier<String> where) {
        return new IllegalArgumentException(where.get() + ": the text holds " + what + " at index " + index
                + ", which PostgreSQL cannot store; reject the value before it is written");
    }
}
