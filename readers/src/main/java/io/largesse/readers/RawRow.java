package io.largesse.readers;

/** The cells of one row, refilled from row to row. Columns from {@link #MAX_COLUMNS} on are not looked at. */
final class RawRow {

    static final int MAX_COLUMNS = 100;

    private final CellKind[] kinds = new CellKind[MAX_COLUMNS];
    private final String[] texts = new String[MAX_COLUMNS];
    private int number;
    private int width;
    private int limit = MAX_COLUMNS;
    private boolean more;

    /** Columns from here on are not kept; a source need not read them, only say that there are {@link #more}. */
    void limit(int columns) {
        limit = columns;
    }

    boolean wants(int column) {
        return column < limit;
    }

    void begin(int rowNumber) {
        number = rowNumber;
        width = 0;
        more = false;
    }

    void set(int column, CellKind kind, String text) {
        if (kind == CellKind.BLANK || (kind == CellKind.TEXT && Blank.is(text))) {
            return;
        }
        if (!wants(column)) {
            more = true;
            return;
        }
        for (; width < column; width++) {
            kinds[width] = CellKind.BLANK;
            texts[width] = "";
        }
        kinds[column] = kind;
        texts[column] = text;
        width = Math.max(width, column + 1);
    }

    /** There is something in a column that is not kept. */
    void more() {
        more = true;
    }

    boolean hasMore() {
        return more;
    }

    boolean isBlank() {
        return width == 0 && !more;
    }

    int number() {
        return number;
    }

    /** One more than the last column with content. */
    int width() {
        return width;
    }

    CellKind kind(int column) {
        return column < width ? kinds[column] : CellKind.BLANK;
    }

    String text(int column) {
        return column < width ? texts[column] : "";
    }
}
