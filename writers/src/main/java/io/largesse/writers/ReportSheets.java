package io.largesse.writers;

import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.CellStyle;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.jspecify.annotations.Nullable;

/** The sheets of a report: the summary, then as many sheets of lines as they need, each with the headings. */
final class ReportSheets implements AutoCloseable {

    private static final int ROWS_IN_MEMORY = 50;
    private static final int MAX_COLUMNS = SpreadsheetVersion.EXCEL2007.getMaxColumns();

    private static final int SUMMARY_LABEL = 32;
    private static final int SUMMARY_VALUE = 60;

    private static final int OWN_WIDTH = 22;

    private final SXSSFWorkbook workbook = new SXSSFWorkbook(null, ROWS_IN_MEMORY, true, false);
    private final CellStyle text = textStyle(false);
    private final CellStyle quoted = textStyle(true);
    private final CellStyle bold = boldStyle();
    private final Locale locale;
    private final String kind;
    private final List<String> headings;
    private final int[] widths;
    private final int rowsOfASheet;
    private final SXSSFSheet summary;
    private SXSSFSheet lines;
    private int facts;
    private int rows;
    private int sheets;

    /**
     * @param kind the beginning of the messages that name the sheets
     * @param widths of the first columns, in characters
     */
    ReportSheets(Locale locale, String kind, List<String> headings, int[] widths, int rowsOfASheet) {
        this.locale = locale;
        this.kind = kind;
        this.headings = headings;
        this.widths = widths;
        this.rowsOfASheet = rowsOfASheet;
        summary = workbook.createSheet(Messages.text(Message.of(kind + "summary"), locale));
        summary.setColumnWidth(0, SUMMARY_LABEL * 256);
        summary.setColumnWidth(1, SUMMARY_VALUE * 256);
        lines = nextSheet();
    }

    void fact(RejectReport.Fact fact) {
        var row = summary.createRow(facts++);
        cell(row, 0, fact.label(), bold);
        cell(row, 1, fact.value(), null);
    }

    void line(List<String> cells) {
        if (rows == rowsOfASheet) {
            lines = nextSheet();
        }
        var row = lines.createRow(rows++);
        for (int i = 0; i < Math.min(cells.size(), MAX_COLUMNS); i++) {
            cell(row, i, cells.get(i), null);
        }
    }

    void save(Path file) throws IOException {
        endSheet();
        try (var out = Files.newOutputStream(file)) {
            workbook.write(out);
        }
    }

    /** Removes the temporary files. The workbook's own close alone would warn of rows that were never written. */
    @Override
    public void close() throws IOException {
        workbook.dispose();
        workbook.close();
    }

    private SXSSFSheet nextSheet() {
        if (sheets++ > 0) {
            endSheet();
        }
        var name = sheets == 1 ? Message.of(kind + "lines") : Message.of(kind + "lines-next", sheets);
        var sheet = workbook.createSheet(Messages.text(name, locale));
        for (int i = 0; i < width(); i++) {
            sheet.setColumnWidth(i, 256 * (i < widths.length ? widths[i] : OWN_WIDTH));
        }
        sheet.createFreezePane(0, 1);
        var row = sheet.createRow(0);
        for (int i = 0; i < width(); i++) {
            cell(row, i, headings.get(i), bold);
        }
        rows = 1;
        return sheet;
    }

    private void endSheet() {
        lines.setAutoFilter(new CellRangeAddress(0, rows - 1, 0, width() - 1));
    }

    private int width() {
        return Math.min(headings.size(), MAX_COLUMNS);
    }

    private void cell(Row row, int column, String value, @Nullable CellStyle style) {
        if (!value.isEmpty()) {
            var cell = row.createCell(column);
            cell.setCellValue(CellText.of(value));
            cell.setCellStyle(style != null ? style : CellText.looksComputed(value) ? quoted : text);
        }
    }

    /** The format "@" keeps a value text when it is edited: an id does not lose its zeros. */
    private CellStyle textStyle(boolean quotePrefix) {
        var style = workbook.createCellStyle();
        style.setDataFormat(workbook.createDataFormat().getFormat("@"));
        style.setQuotePrefixed(quotePrefix);
        return style;
    }

    /** Headings are typed by uploaders as well. */
    private CellStyle boldStyle() {
        var font = workbook.createFont();
        font.setBold(true);
        var style = textStyle(true);
        style.setFont(font);
        return style;
    }
}
