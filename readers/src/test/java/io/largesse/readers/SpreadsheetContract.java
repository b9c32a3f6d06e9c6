package io.largesse.readers;

import static io.largesse.readers.Corpus.sheet;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.function.Consumer;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for both forms of workbook. */
abstract class SpreadsheetContract {

    @TempDir
    Path dir;

    Corpus corpus;

    @BeforeEach
    void corpus() {
        corpus = new Corpus(dir);
    }

    /** Writes a workbook in the form at hand. */
    abstract Path file(Consumer<Workbook> content);

    /** A sheet with the header user_id and what is put into A2. */
    private Corpus.Read ofCell(Consumer<Cell> content) {
        return corpus.read(file(workbook -> {
            var sheet = workbook.createSheet("Users");
            sheet.createRow(0).createCell(0).setCellValue("user_id");
            content.accept(sheet.createRow(1).createCell(0));
        }));
    }

    private static Consumer<Cell> formatted(double number, String format) {
        return cell -> {
            var workbook = cell.getSheet().getWorkbook();
            var style = workbook.createCellStyle();
            style.setDataFormat(workbook.createDataFormat().getFormat(format));
            cell.setCellValue(number);
            cell.setCellStyle(style);
        };
    }

    static void fill(Workbook workbook, String sheet, String... ids) {
        var target = workbook.createSheet(sheet);
        for (var i = 0; i < ids.length; i++) {
            target.createRow(i).createCell(0).setCellValue(ids[i]);
        }
    }

    @Test
    void aSheetIsReadWithItsHeaderAndRowNumbers() {
        var list = corpus.read(file(workbook -> {
            var sheet = workbook.createSheet("Users");
            var header = sheet.createRow(1);
            header.createCell(1).setCellValue("name");
            header.createCell(2).setCellValue(" 用户ID ");
            var first = sheet.createRow(3);
            first.createCell(1).setCellValue("Ann");
            first.createCell(2).setCellValue("u1");
            first.createCell(7).setCellValue("a note");
            sheet.createRow(4).createCell(2).setCellValue("  ");
            sheet.createRow(9).createCell(2).setCellValue(42);
        }));

        assertThat(list.header()).containsExactly("A", "name", "用户ID");
        assertThat(list.sheet()).isEqualTo("Users");
        assertThat(list.idColumn()).isEqualTo(2);
        assertThat(list.ids()).containsExactly("u1", "42");
        assertThat(list.numbers()).containsExactly(4, 10);
        assertThat(list.rows().get(0).cells()).containsExactly("", "Ann", "u1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "General",
                "0.00E+00",
                "#,##0",
                "#,##0.00",
                "$#,##0.00",
                "0%",
                "@",
                "0000-0000",
                "[Red]0",
                "# ?/?"
            })
    void aWholeNumberIsExactWhateverTheCellShows(String format) {
        assertThat(ofCell(formatted(1234567, format)).ids()).containsExactly("1234567");
        assertThat(ofCell(formatted(123456789012345d, format)).ids()).containsExactly("123456789012345");
    }

    @Test
    void zerosInFrontAreKept() {
        assertThat(ofCell(c -> c.setCellValue("00123")).ids()).containsExactly("00123");
        assertThat(ofCell(formatted(123, "00000000")).ids()).containsExactly("00000123");
        assertThat(ofCell(formatted(123456789, "000000")).ids()).containsExactly("123456789");
    }

    @Test
    void whatIsNoUserIdIsRejectedWithItsOwnReason() {
        assertThat(ofCell(c -> c.setCellValue(1234567890123456d)).rejects()).containsExactly("2 readers.row.digits");
        assertThat(ofCell(c -> c.setCellValue(1e300)).rejects()).containsExactly("2 readers.row.digits");
        assertThat(ofCell(c -> c.setCellValue(1.5)).rejects()).containsExactly("2 readers.row.not-whole");
        assertThat(ofCell(c -> c.setCellValue(-7)).rejects()).containsExactly("2 readers.row.not-whole");
        assertThat(ofCell(c -> c.setCellValue(true)).rejects()).containsExactly("2 readers.row.boolean");
        assertThat(ofCell(c -> c.setCellErrorValue((byte) 0x2A)).rejects()).containsExactly("2 readers.row.error");
        assertThat(ofCell(c -> c.setCellValue("a b")).rejects()).containsExactly("2 coupons.user-id.invisible");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m/d/yy", "yyyy-mm-dd", "yyyy年m月d日", "h:mm"})
    void aDateIsRejectedAsAPersonWouldWriteIt(String format) {
        var number = org.apache.poi.ss.usermodel.DateUtil.getExcelDate(LocalDate.of(2026, 11, 23));

        var list = ofCell(formatted(number, format));

        assertThat(list.rejects()).containsExactly("2 readers.row.date");
        assertThat(list.rejected().get(0).raw()).isEqualTo("2026-11-23");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6*7", "\"u\"&1", "TRUE"})
    void aFormulaIsRejectedSinceItsResultMayBeStale(String formula) {
        var list = ofCell(cell -> {
            cell.setCellFormula(formula);
            cell.getSheet()
                    .getWorkbook()
                    .getCreationHelper()
                    .createFormulaEvaluator()
                    .evaluateFormulaCell(cell);
        });

        assertThat(list.rejects()).containsExactly("2 readers.row.formula");
    }

    @Test
    void aFormulaBesideTheIdIsOnlyText() {
        var list = corpus.read(file(workbook -> {
            fill(workbook, "Users", "user_id", "u1", "u2");
            var sheet = workbook.getSheetAt(0);
            sheet.getRow(0).createCell(1).setCellValue("greeting");
            sheet.getRow(1).createCell(1).setCellFormula("\"hello \"&A2");
            sheet.getRow(2).createCell(1).setCellFormula("1+1");
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
        }));

        assertThat(list.rows().get(0).cells()).containsExactly("u1", "hello u1");
        assertThat(list.rows().get(1).cells().get(1)).startsWith("2");
        assertThat(list.ids()).containsExactly("u1", "u2");
    }

    @Test
    void aFormulaThatComesOutAsNothingIsBlank() {
        var list = corpus.read(file(workbook -> {
            fill(workbook, "Users", "user_id", "u1");
            var sheet = workbook.getSheetAt(0);
            for (var i = 2; i < 100; i++) {
                sheet.createRow(i).createCell(0).setCellFormula("IF(TRUE,\"\",1)");
            }
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
        }));

        assertThat(list.rows()).hasSize(1);
    }

    @Test
    void aFormulaWithoutAResultIsNotSkipped() {
        assertThat(ofCell(cell -> cell.setCellFormula("6*7")).rejects()).containsExactly("2 readers.row.formula");
    }

    @Test
    void ofMergedCellsTheOthersAreRejectedAsEmpty() {
        var list = corpus.read(file(workbook -> {
            fill(workbook, "Users", "user_id", "u1");
            var sheet = workbook.getSheetAt(0);
            sheet.getRow(0).createCell(1).setCellValue("name");
            sheet.createRow(2).createCell(1).setCellValue("Ann");
            sheet.addMergedRegion(new CellRangeAddress(1, 2, 0, 0));
        }));

        assertThat(list.ids()).containsExactly("u1");
        assertThat(list.rejects()).containsExactly("3 readers.row.empty");
    }

    @Test
    void theOnlyVisibleSheetWithContentIsRead() {
        var list = corpus.read(file(workbook -> {
            workbook.createSheet("Empty").createRow(3).createCell(2).setBlank();
            fill(workbook, "Users", "u1");
            fill(workbook, "Hidden", "h1");
            fill(workbook, "VeryHidden", "h2");
            workbook.setSheetVisibility(2, SheetVisibility.HIDDEN);
            workbook.setSheetVisibility(3, SheetVisibility.VERY_HIDDEN);
        }));

        assertThat(list.sheet()).isEqualTo("Users");
        assertThat(list.ids()).containsExactly("u1");
    }

    @Test
    void ofSeveralSheetsOneMustBeNamed() {
        var file = file(workbook -> {
            fill(workbook, "North", "n1");
            fill(workbook, "South", "s1");
            fill(workbook, "Hidden", "h1");
            workbook.setSheetVisibility(2, SheetVisibility.HIDDEN);
        });

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.sheet.several");
        assertThat(corpus.refusal(file).arguments().get(1)).isEqualTo("North, South");
        assertThat(corpus.read(file, sheet(" south ")).ids()).containsExactly("s1");
        assertThat(corpus.read(file, sheet("Hidden")).ids()).containsExactly("h1");

        var missing = corpus.refusal(file, sheet("West"));
        assertThat(missing.code()).isEqualTo("readers.sheet.missing");
        assertThat(missing.arguments().subList(1, 3)).containsExactly("West", "North, South");
    }

    @Test
    void aWorkbookWithoutContentIsRefused() {
        assertThat(corpus.refusal(file(workbook -> workbook.createSheet("Users")))
                        .code())
                .isEqualTo("readers.file.no-content");
        assertThat(corpus.refusal(file(workbook -> fill(workbook, "Users", "user_id")))
                        .code())
                .isEqualTo("readers.file.no-rows");
    }

    @Test
    void aHeaderlessColumnOfNumbersIsRead() {
        var list = corpus.read(file(workbook -> {
            var sheet = workbook.createSheet("Users");
            for (var i = 0; i < 50; i++) {
                sheet.createRow(i).createCell(0).setCellValue(1000 + i);
            }
        }));

        assertThat(list.ids()).hasSize(50).startsWith("1000");
    }

    @Test
    void aTruncatedFileIsRefusedAsDamaged() throws Exception {
        var file = file(workbook -> fill(workbook, "Users", "user_id", "u1"));
        var bytes = java.nio.file.Files.readAllBytes(file);
        for (var share : new double[] {0.1, 0.5, 0.9}) {
            java.nio.file.Files.write(file, java.util.Arrays.copyOf(bytes, (int) (bytes.length * share)));
            assertThat(corpus.refusal(file).code()).isEqualTo("readers.file.damaged");
        }
    }
}
