package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XlsxListsTest extends SpreadsheetContract {

    private static final String STRICT = "http://purl.oclc.org/ooxml/";

    @Override
    Path file(Consumer<Workbook> content) {
        return corpus.xlsx("users.xlsx", content);
    }

    private static String inline(String text) {
        return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }

    private static Map<String, String> shared(String items) {
        return Map.of(
                "xl/sharedStrings.xml",
                "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">" + items + "</sst>");
    }

    @Test
    void richTextIsReadAsText() {
        var text = new XSSFRichTextString("user-12");
        var list = corpus.read(file(workbook -> {
            var font = workbook.createFont();
            font.setBold(true);
            text.applyFont(0, 4, font);
            fill(workbook, "Users", "user_id", "");
            workbook.getSheetAt(0).getRow(1).getCell(0).setCellValue(text);
        }));

        assertThat(list.ids()).containsExactly("user-12");
    }

    @Test
    void rowsAndCellsNeedNotSayWhereTheyAre() {
        var list = corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row>" + inline("user_id") + inline("n") + "</row><row>" + inline("u1") + "<c><v>7</v></c></row><row/>"
                        + "<row r=\"9\"><c r=\"B9\"><v>8</v></c></row><row>" + inline("u10") + "</row>",
                Map.of()));

        assertThat(list.ids()).containsExactly("u1", "u10");
        assertThat(list.numbers()).containsExactly(2, 9, 10);
        assertThat(list.rejects()).containsExactly("9 readers.row.empty");
        assertThat(list.rows().get(0).cells()).containsExactly("u1", "7");
    }

    @Test
    void phoneticRunsAreNoPartOfTheText() {
        var list = corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row><row><c t=\"s\"><v>2</v></c></row>",
                shared(
                        "<si><t>user_id</t></si><si><t>東京1</t><rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh><phoneticPr fontId=\"1\"/></si>"
                                + "<si><r><rPr><b/></rPr><t>ab</t></r><r><t>c&amp;d<![CDATA[<2]]></t></r></si>")));

        assertThat(list.ids()).containsExactly("東京1", "abc&d<2");
    }

    @Test
    void escapedCharactersAreResolved() {
        var list = corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row><row>" + inline("a_x0042_c")
                        + "</row>",
                shared("<si><t>user_id</t></si><si><t>u1_x000D_</t></si>")));

        assertThat(list.ids()).containsExactly("u1", "aBc");
    }

    /** What a database cannot keep would fail the whole grant: a half surrogate pair, and a zero in a header. */
    @Test
    void whatCannotBeStoredIsShownBySigns() {
        var list = corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row>" + inline("user_id") + inline("na_x0000_me") + "</row><row>" + inline("u1")
                        + inline("a_xD83D_b_xDE00_") + "</row><row>" + inline("u_xD83D_") + inline("_xD83D__xDE00_")
                        + "</row>",
                Map.of()));

        assertThat(list.header()).containsExactly("user_id", "na\u2400me");
        assertThat(list.rows().get(0).cells()).containsExactly("u1", "a\uFFFDb\uFFFD");
        assertThat(list.rejects()).containsExactly("3 coupons.user-id.invisible");
        assertThat(list.rows().get(1).cells()).containsExactly("u\uFFFD", "\uD83D\uDE00");
    }

    /** Thousands of rows are in memory at once. */
    @Test
    void ofARowThatIsFullOfTextTheIdAndTheBeginningAreKept() {
        var notes = inline("n".repeat(3_000)).repeat(30);
        var list = corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row>" + inline("note").repeat(30) + inline("user_id") + "</row><row>" + notes + inline("u1")
                        + "</row>",
                Map.of()));

        var cells = list.rows().get(0).cells();
        assertThat(list.ids()).containsExactly("u1");
        assertThat(cells).hasSize(31).endsWith("u1").startsWith("n".repeat(1_000));
        assertThat(cells.stream().mapToInt(String::length).sum()).isEqualTo(4_000);
    }

    @Test
    void theStrictFormOfTheFormatIsRead() {
        var main = STRICT + "spreadsheetml/main";
        var parts = new java.util.LinkedHashMap<>(Corpus.skeleton(main, STRICT + "officeDocument/relationships"));
        parts.put(
                "xl/worksheets/sheet1.xml",
                "<x:worksheet xmlns:x=\"" + main
                        + "\"><x:sheetData><x:row><x:c t=\"str\"><x:v>user_id</x:v></x:c></x:row>"
                        + "<x:row><x:c><x:v>12</x:v></x:c></x:row><x:row><x:c t=\"d\"><x:v>2026-11-23</x:v></x:c></x:row>"
                        + "</x:sheetData></x:worksheet>");

        var list = corpus.read(corpus.zip("users.xlsx", parts));

        assertThat(list.ids()).containsExactly("12");
        assertThat(list.rejects()).containsExactly("3 readers.row.date");
    }

    @Test
    void datesMayCountFrom1904() {
        var list = corpus.read(file(workbook -> {
            ((XSSFWorkbook) workbook).getCTWorkbook().getWorkbookPr().setDate1904(true);
            fill(workbook, "Users", "user_id", "");
            var style = workbook.createCellStyle();
            style.setDataFormat((short) 14);
            var cell = workbook.getSheetAt(0).getRow(1).getCell(0);
            cell.setCellStyle(style);
            cell.setCellValue(java.time.LocalDate.of(2026, 11, 23));
        }));

        assertThat(list.rejected().get(0).raw()).isEqualTo("2026-11-23");
    }

    @ParameterizedTest
    @CsvSource({
        "1.234567E6, 1234567",
        "1234567.0, 1234567",
        "007, 7",
        "0, 0",
        "+5, 5",
        "1E3, 1000",
        "999999999999999, 999999999999999",
        "9.99999999999999E14, 999999999999999"
    })
    void numbersAreExactHoweverTheyAreWritten(String written, String id) {
        assertThat(ofNumber(written).ids()).containsExactly(id);
    }

    @ParameterizedTest
    @CsvSource({
        "1000000000000000, digits",
        "1.2345678901234568E+17, digits",
        "1E999999999, digits",
        "123456.5, not-whole",
        "1E-5, not-whole",
        "-3, not-whole",
        "NaN, error",
        "abc, error"
    })
    void numbersThatAreNoIdAreRejected(String written, String reason) {
        assertThat(ofNumber(written).rejects()).containsExactly("2 readers.row." + reason);
    }

    private Corpus.Read ofNumber(String written) {
        return corpus.read(corpus.rawXlsx(
                "users.xlsx",
                "<row>" + inline("user_id") + "</row><row><c><v>" + written + "</v></c></row>",
                Map.of()));
    }

    @Test
    void aSheetOfAStreamingWriterIsRead() throws Exception {
        var file = dir.resolve("users.xlsx");
        try (var workbook = new SXSSFWorkbook(100);
                var out = Files.newOutputStream(file)) {
            var sheet = workbook.createSheet("Users");
            for (var i = 0; i < 5_000; i++) {
                sheet.createRow(i).createCell(0).setCellValue(i == 0 ? "user_id" : "user" + i);
            }
            workbook.write(out);
        }

        assertThat(corpus.read(file).ids()).hasSize(4_999).endsWith("user4999");
    }

    @Test
    void aZipOfTheLargeFormIsRead() throws Exception {
        var file = dir.resolve("users.xlsx");
        try (var workbook = new SXSSFWorkbook(100);
                var out = Files.newOutputStream(file)) {
            workbook.setZip64Mode(org.apache.commons.compress.archivers.zip.Zip64Mode.Always);
            fill(workbook, "Users", "u1");
            workbook.write(out);
        }

        assertThat(corpus.read(file).ids()).containsExactly("u1");
    }

    @Test
    void progressComesToItsEnd() {
        var file = file(workbook -> fill(workbook, "Users", "u1"));
        try (var reader = UserLists.open(file, "users.xlsx", ListOptions.NONE, dir)) {
            while (reader.read() != null) {}
            assertThat(reader.share()).isGreaterThan(0.9);
        }
    }

    @Test
    void theLastRowOfASheetIsRead() {
        var list = corpus.read(corpus.rawXlsx("users.xlsx", "<row r=\"1048576\">" + inline("u1") + "</row>", Map.of()));

        assertThat(list.numbers()).containsExactly(1_048_576);
    }

    @Test
    void aWorkbookWithMacrosIsReadAndNoMacroRun() {
        var file = file(workbook -> fill(workbook, "Users", "u1"));

        assertThat(corpus.read(file, "users.xlsm", ListOptions.NONE).ids()).containsExactly("u1");
    }

    @Test
    void aMissingSharedStringIsRefusedAsDamage() {
        var sheet = "<row><c t=\"s\"><v>5</v></c></row>";

        assertThat(corpus.refusal(corpus.rawXlsx("users.xlsx", sheet, Map.of())).code())
                .isEqualTo("readers.file.damaged");
        assertThat(corpus.refusal(corpus.rawXlsx("users.xlsx", sheet, shared("<si><t>a</t></si>")))
                        .code())
                .isEqualTo("readers.file.damaged");
    }
}
