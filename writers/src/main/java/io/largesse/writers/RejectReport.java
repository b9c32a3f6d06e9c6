package io.largesse.writers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The rejected rows of an upload as a spreadsheet (xlsx) that an operator can read, filter and correct: a sheet with the
 * summary, then the rows with file, sheet, row number, reason and the upload's own columns.
 *
 * <p>Every cell is text, whatever it holds: what was typed as {@code =cmd|…} is shown as typed and never computed.
 * Invisible characters are shown as {@code \\uXXXX}. A cell ends at 32,767 characters, a sheet at 1,048,576 rows (the
 * rows go on in the next sheet) and at 16,384 columns (the rest of such a row is left out).
 *
 * <p>Memory is flat: the rows pass through compressed temporary files in {@code java.io.tmpdir}, which are gone when
 * {@link #write} returns.
 *
 * @param locale of the headings (English or Chinese); the other texts are given in it
 * @param summary what the first sheet says, line by line
 * @param sources where the lines come from; the report has the union of their columns, in order of appearance
 */
public record RejectReport(Locale locale, List<Fact> summary, List<Source> sources) {

    static final int ROWS_OF_A_SHEET = 1_048_576;

    /** Characters of file, sheet, row, reason; the upload's own columns follow. */
    private static final int[] WIDTHS = {28, 16, 10, 60};

    public RejectReport {
        summary = List.copyOf(summary);
        sources = List.copyOf(sources);
    }

    /** A line of the summary. */
    public record Fact(String label, String value) {}

    /**
     * A sheet of an uploaded file, or a csv file.
     *
     * @param sheet empty for csv
     * @param columns its heading row as typed; empty strings for columns without a heading
     */
    public record Source(String file, String sheet, List<String> columns) {

        public Source {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Writes the report. The target is replaced when the report is whole; if anything fails, it stays as it was.
     *
     * @param lines taken one by one; what the iterator throws is passed on
     * @return the number of lines
     */
    public long write(Path target, Iterator<RejectedLine> lines) throws IOException {
        return write(target, lines, ROWS_OF_A_SHEET);
    }

    long write(Path target, Iterator<RejectedLine> lines, int rowsOfASheet) throws IOException {
        var part = target.resolveSibling(target.getFileName() + ".part");
        try {
            long written = writeWhole(part, lines, rowsOfASheet);
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            return written;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private long writeWhole(Path file, Iterator<RejectedLine> lines, int rowsOfASheet) throws IOException {
        var columns = new ReportColumns(sources, locale);
        try (var sheets = new ReportSheets(locale, "writers.reject.", columns.headings(), WIDTHS, rowsOfASheet)) {
            summary.forEach(sheets::fact);
            long written = 0;
            while (lines.hasNext()) {
                sheets.line(cells(lines.next(), columns));
                written++;
            }
            sheets.save(file);
            return written;
        }
    }

    private List<String> cells(RejectedLine line, ReportColumns columns) {
        var source = sources.get(line.source());
        var cells = new ArrayList<String>();
        cells.add(source.file());
        cells.add(source.sheet());
        cells.add(Long.toString(line.row()));
        cells.add(line.reason());
        columns.place(line, cells);
        return cells;
    }
}
