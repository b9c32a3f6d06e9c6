package io.largesse.app.cli;

import io.largesse.coupons.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows in columns; numbers stand right. Cells are made fit to print here. */
final class Table {

    private static final String GAP = "  ";

    private final Texts texts;
    private final List<List<String>> rows = new ArrayList<>();
    private final boolean[] right;

    /** @param headings message codes */
    Table(Texts texts, String... headings) {
        this.texts = texts;
        this.right = new boolean[headings.length];
        rows.add(java.util.Arrays.stream(headings).map(texts::of).toList());
    }

    void row(@Nullable Object... cells) {
        var row = new ArrayList<String>();
        for (int i = 0; i < cells.length; i++) {
            right[i] |= cells[i] instanceof Number;
            row.add(Printable.of(texts.show(cells[i])));
        }
        rows.add(row);
    }

    List<String> lines() {
        var widths = new int[right.length];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            var pad = " ".repeat(widths[i] - width(row.get(i)));
            line.append(i == 0 ? "" : GAP).append(right[i] ? pad + row.get(i) : row.get(i) + pad);
        }
        return line.toString().stripTrailing();
    }

    /** In terminal cells: Chinese characters take two. */
    static int width(String text) {
        return text.codePoints().map(Table::cells).sum();
    }

    private static int cells(int c) {
        var wide = Character.isIdeographic(c)
                || (c >= 0x3000 && c <= 0x30FF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xFF01 && c <= 0xFF60);
        var none = Character.getType(c) == Character.NON_SPACING_MARK;
        return none ? 0 : wide ? 2 : 1;
    }
}
