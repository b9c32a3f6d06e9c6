package io.largesse.readers;

/** Which character parts the cells of a text, judged by its first lines with quotes respected. */
final class Delimiter {

    private static final char[] CANDIDATES = {',', '\t', ';', '|'};
    private static final int RECORDS = 50;

    private Delimiter() {}

    /**
     * The candidate that parts most records like the first one, or a comma if the first one has one cell only by every
     * candidate.
     */
    static char of(CharSequence sample, String extension) {
        var best = ',';
        var bestScore = 0;
        for (var candidate : CANDIDATES) {
            var score = score(sample, candidate) * 2;
            if (score > 0 && extension.equals("tsv") && candidate == '\t') {
                score++;
            }
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    /** How many records have as many cells as the first, which has several; 0 if it has not. */
    private static int score(CharSequence sample, char delimiter) {
        var cells = 1;
        var ofFirst = 0;
        var alike = 0;
        var records = 0;
        var quoted = false;
        var cellStart = true;
        var lineStart = true;
        for (var i = 0; i < sample.length() && records < RECORDS; i++) {
            var c = sample.charAt(i);
            var wasStart = cellStart;
            cellStart = false;
            if (quoted) {
                quoted = c != '"';
            } else if (c == '"' && (wasStart || sample.charAt(i - 1) == '"')) {
                quoted = true;
                lineStart = false;
            } else if (c == delimiter) {
                cells++;
                cellStart = true;
                lineStart = false;
            } else if (c == '\n' || c == '\r') {
                if (!lineStart) {
                    records++;
                    ofFirst = records == 1 ? cells : ofFirst;
                    alike += cells == ofFirst ? 1 : 0;
                }
                cells = 1;
                cellStart = true;
                lineStart = true;
            } else {
                lineStart = false;
            }
        }
        if (records == 0) {
            return cells > 1 ? 1 : 0;
        }
        return ofFirst > 1 ? alike : 0;
    }
}
