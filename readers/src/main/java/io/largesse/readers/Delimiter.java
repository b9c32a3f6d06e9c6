package io.largesse.readers;

/** Which character parts the cells of a text, judged by its first lines with quotes respected. */
final class Delimiter {

    private static final char[] CANDIDATES = {',', '\t', ';', '|'};
    private static final int RECORDS = 50;

    private final char candidate;
    private int cells = 1;
    private int cellsOfFirst;
    private int alike;
    private int records;
    private boolean cellStarts = true;
    private boolean lineStarts = true;
    private boolean quotedCell;
    private boolean inQuotes;

    private Delimiter(char candidate) {
        this.candidate = candidate;
    }

    /**
     * The candidate that parts most records into as many cells as the first one, which must have several; a comma if
     * none does. Among equals a tab wins in a file called {@code .tsv}, else the order comma, tab, semicolon, pipe.
     */
    static char of(CharSequence sample, String extension) {
        var best = ',';
        var bestScore = 0;
        for (var candidate : CANDIDATES) {
            var score = new Delimiter(candidate).score(sample);
            if (score > bestScore
                    || (score == bestScore && score > 0 && candidate == '\t' && extension.equals("tsv"))) {
                best = candidate;
                bestScore = score;
            }
        }
        return best;
    }

    private int score(CharSequence sample) {
        for (var i = 0; i < sample.length() && records < RECORDS; i++) {
            take(sample.charAt(i));
        }
        if (records == 0) {
            endRecord(); // one line without an end
        }
        return cellsOfFirst > 1 ? alike : 0;
    }

    private void take(char c) {
        if (c == '"' && (cellStarts || quotedCell)) {
            quotedCell = true;
            inQuotes = !inQuotes;
            cellStarts = false;
            lineStarts = false;
        } else if (inQuotes) {
            return;
        } else if (c == candidate) {
            cells++;
            startCell();
            lineStarts = false;
        } else if (c == '\n' || c == '\r') {
            if (!lineStarts) {
                endRecord();
            }
            cells = 1;
            startCell();
            lineStarts = true;
        } else {
            cellStarts = false;
            lineStarts = false;
        }
    }

    private void startCell() {
        cellStarts = true;
        quotedCell = false;
    }

    private void endRecord() {
        records++;
        cellsOfFirst = records == 1 ? cells : cellsOfFirst;
        alike += cells == cellsOfFirst ? 1 : 0;
    }
}
