package io.largesse.readers;

/** Keeps text from a file at a length that reports and messages can bear. */
final class Cut {

    /** So much of a cell is read at all; an id of this length is far too long anyway. */
    static final int READ = 2_000;

    static final int CELL = 1_000;

    /** So much of a row is kept for reports, the user id first: thousands of rows are in memory at once. */
    static final int ROW = 4_000;

    static final int RAW = 300;
    static final int IN_MESSAGES = 300;

    private Cut() {}

    static String to(int length, String text) {
        if (text.length() <= length) {
            return text;
        }
        if (length == 0) {
            return "";
        }
        var end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
