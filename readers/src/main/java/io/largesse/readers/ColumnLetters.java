package io.largesse.readers;

/** A, B … Z, AA …: how spreadsheet programs name columns. */
final class ColumnLetters {

    private ColumnLetters() {}

    static String of(int column) {
        var letters = new StringBuilder();
        for (var rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    /** The column of "C" or "3", or -1 if the text is neither. */
    static int parse(String text) {
        if (text.matches("[A-Za-z]{1,3}")) {
            var column = 0;
            for (var c : text.toUpperCase(java.util.Locale.ROOT).toCharArray()) {
                column = column * 26 + (c - 'A' + 1);
            }
            return column - 1;
        }
        return text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) - 1 : -1;
    }
}
