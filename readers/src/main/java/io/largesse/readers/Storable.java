package io.largesse.readers;

/** Text that a database can keep: it refuses zeros and half surrogate pairs, and with them all of a list. */
final class Storable {

    private static final char SIGN_FOR_ZERO = '\u2400';
    private static final char LOST = '\uFFFD';

    private Storable() {}

    /** The text with a sign in the place of each zero and of each half pair. */
    static String of(String text) {
        return whole(text.indexOf('\0') < 0 ? text : text.replace('\0', SIGN_FOR_ZERO));
    }

    /**
     * The text with a sign in the place of each half surrogate pair. Only what was never decoded can have one: escapes
     * of a workbook, and strings of the binary format. No user id may contain the sign.
     */
    static String whole(String text) {
        StringBuilder mended = null;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                mended = mended == null ? new StringBuilder(text) : mended;
                mended.setCharAt(i, LOST);
            }
        }
        return mended == null ? text : mended.toString();
    }
}
