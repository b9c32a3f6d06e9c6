package io.largesse.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.largesse.writers.RejectReport.Fact;
import io.largesse.writers.RejectReport.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RejectReportTest {

    private static final Source USERS = new Source("users.xlsx", "Sheet1", List.of("user", "phone"));

    @TempDir
    Path folder;

    @Test
    void summaryComesFirstThenTheLinesUnderTheUploadsOwnColumns() throws IOException {
        var report = new RejectReport(
                Locale.ENGLISH, List.of(new Fact("Campaign", "summer"), new Fact("Rejected", "2")), List.of(USERS));
        try (var book =
                written(report, line(0, 3, "the user id is empty", "", "138"), line(0, 7, "twice", "u7", null))) {
            assertThat(names(book)).containsExactly("Summary", "Rejected rows");
            assertThat(texts(book.getSheetAt(0)))
                    .containsExactly(List.of("Campaign", "summer"), List.of("Rejected", "2"));
            assertThat(texts(book.getSheetAt(1)))
                    .containsExactly(
                            List.of("File", "Sheet", "Row", "Reason", "user", "phone"),
                            List.of("users.xlsx", "Sheet1", "3", "the user id is empty", "", "138"),
                            List.of("users.xlsx", "Sheet1", "7", "twice", "u7"));
            var sheet = book.getSheetAt(1);
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
            assertThat(sheet.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:F3");
            assertThat(book.getFontAt(sheet.getRow(0).getCell(4).getCellStyle().getFontIndex())
                            .getBold())
                    .isTrue();
            assertThat(sheet.getColumnWidth(3)).isEqualTo(60 * 256);
        }
    }

    @Test
    void theHeadingsSpeakChinese() throws IOException {
        var source = new Source("名单.xlsx", "表一", List.of("用户ID", ""));
        var report = new RejectReport(Locale.SIMPLIFIED_CHINESE, List.of(new Fact("活动", "夏季大促")), List.of(source));
        try (var book = written(report, line(0, 2, "用户ID为空", "张三 🎉", "备注"))) {
            assertThat(names(book)).containsExactly("汇总", "未通过的行");
            assertThat(texts(book.getSheetAt(1)))
                    .containsExactly(
                            List.of("文件", "工作表", "行号", "原因", "用户ID", "（B列）"),
                            List.of("名单.xlsx", "表一", "2", "用户ID为空", "张三 🎉", "备注"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=cmd|' /C calc'!A0",
                "@SUM(1)",
                "+1",
                "-1",
                "\t=1+1",
                "\r=1+1",
                "\n=1",
                "＝1+1",
                "=HYPERLINK(\"x\")"
            })
    void whatLooksLikeAFormulaIsTextWithAQuotePrefix(String typed) throws IOException {
        var source = new Source(typed, typed, List.of(typed, "plain"));
        var report = new RejectReport(Locale.ENGLISH, List.of(new Fact(typed, typed)), List.of(source));
        try (var book = written(report, line(0, 2, typed, typed, "plain"))) {
            for (var sheet : book) {
                for (var cell : cells(sheet)) {
                    assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
                    assertThat(cell.getCellStyle().getDataFormatString()).isEqualTo("@");
                    if (cell.getStringCellValue().equals(typed)) {
                        assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
                    }
                }
            }
            var row = book.getSheetAt(1).getRow(1);
            assertThat(row.getCell(4).getStringCellValue()).isEqualTo(typed);
            assertThat(row.getCell(5).getCellStyle().getQuotePrefixed()).isFalse();
        }
    }

    @Test
    void whatACellCannotHoldIsShownAndNothingElseChanges() throws IOException {
        var long1 = "长".repeat(40_000);
        var typed = List.of(
                "a\u0000b\u0001", "x\u202Ey\uFFFE", "\uD83C", "two\nlines\tand", "_x0041_ _x_ _xabcd_", "00123");
        var source = new Source("a.csv", "", List.of("a", "b", "c", "d", "e", "f", "g"));
        var cells = new ArrayList<>(typed);
        cells.add(long1);
        try (var book = written(
                new RejectReport(Locale.ENGLISH, List.of(), List.of(source)), new RejectedLine(0, 2, "why", cells))) {
            assertThat(texts(book.getSheetAt(1)).get(1))
                    .containsExactly(
                            "a.csv",
                            "",
                            "2",
                            "why",
                            "a\\u0000b\\u0001",
                            "x\\u202Ey\\uFFFE",
                            "\\uD83C",
                            "two\nlines\tand",
                            "_x0041_ _x_ _xabcd_",
                            "00123",
                            "长".repeat(32_766) + "…");
        }
    }

    @Test
    void columnsOfSeveralFilesAreTheUnionInOrderOfAppearance() throws IOException {
        var other = new Source("b.csv", "", List.of("phone", "city", "phone", " user "));
        var report = new RejectReport(Locale.ENGLISH, List.of(), List.of(USERS, other));
        try (var book = written(
                report, line(0, 2, "r", "u", "p", "beyond"), line(1, 9, "r", "p1", "Paris", "p2", "u2", "x", "y"))) {
            assertThat(texts(book.getSheetAt(1)))
                    .containsExactly(
                            List.of("File", "Sheet", "Row", "Reason", "user", "phone", "city", "phone"),
                            List.of("users.xlsx", "Sheet1", "2", "r", "u", "p", "", "", "beyond"),
                            List.of("b.csv", "", "9", "r", "u2", "p1", "Paris", "p2", "x", "y"));
        }
    }

    @Test
    void linesGoOnInTheNextSheetWhenOneIsFull() throws IOException {
        var lines = IntStream.range(0, 5_000).mapToObj(i -> line(0, i + 2, "reason", "u" + i, "1"));
        var target = folder.resolve("split.xlsx");
        var report = new RejectReport(Locale.ENGLISH, List.of(), List.of(USERS));
        assertThat(report.write(target, lines.iterator(), 2_001)).isEqualTo(5_000);
        try (var book = new XSSFWorkbook(Files.newInputStream(target))) {
            assertThat(names(book)).containsExactly("Summary", "Rejected rows", "Rejected rows 2", "Rejected rows 3");
            var users = new ArrayList<String>();
            for (int i = 1; i <= 3; i++) {
                assertThat(book.getSheetAt(i).getPhysicalNumberOfRows()).isLessThanOrEqualTo(2_001);
                var rows = texts(book.getSheetAt(i));
                assertThat(rows.get(0).get(4)).isEqualTo("user");
                rows.subList(1, rows.size()).forEach(row -> users.add(row.get(4)));
            }
            assertThat(users)
                    .containsExactlyElementsOf(
                            IntStream.range(0, 5_000).mapToObj(i -> "u" + i).toList());
        }
    }

    @Test
    void aFailureLeavesTheOldReportAndNoTemporaryFile() throws IOException {
        var target = Files.writeString(folder.resolve("report.xlsx"), "the old one");
        var report = new RejectReport(Locale.ENGLISH, List.of(), List.of(USERS));
        var before = temporaryFiles();
        Iterator<RejectedLine> failing = Stream.iterate(0, i -> i + 1)
                .map(i -> {
                    if (i == 1_000) {
                        throw new IllegalStateException("the database went away");
                    }
                    return line(0, i, "reason", "u", "1");
                })
                .iterator();
        assertThatIllegalStateException().isThrownBy(() -> report.write(target, failing));
        assertThat(target).hasContent("the old one");
        assertThat(folder).isDirectoryContaining("regex:.*report.xlsx").isDirectoryNotContaining("glob:**.part");
        assertThat(temporaryFiles()).isEqualTo(before);
    }

    private static List<Path> temporaryFiles() throws IOException {
        try (var files = Files.walk(Path.of(System.getProperty("java.io.tmpdir"), "poifiles"))) {
            return files.filter(f -> f.getFileName().toString().startsWith("poi-sxssf"))
                    .sorted()
                    .toList();
        }
    }

    private XSSFWorkbook written(RejectReport report, RejectedLine... lines) throws IOException {
        var target = folder.resolve("report.xlsx");
        assertThat(report.write(target, List.of(lines).iterator())).isEqualTo(lines.length);
        return new XSSFWorkbook(Files.newInputStream(target));
    }

    private static RejectedLine line(int source, long row, String reason, String... cells) {
        return new RejectedLine(source, row, reason, Arrays.asList(cells));
    }

    private static List<String> names(XSSFWorkbook book) {
        return IntStream.range(0, book.getNumberOfSheets())
                .mapToObj(book::getSheetName)
                .toList();
    }

    private static List<List<String>> texts(Sheet sheet) {
        var rows = new ArrayList<List<String>>();
        for (var row : sheet) {
            rows.add(IntStream.range(0, row.getLastCellNum())
                    .mapToObj(i -> row.getCell(i, Row.MissingCellPolicy.CREATE_NULL_AS_BLANK)
                            .getStringCellValue())
                    .toList());
        }
        return rows;
    }

    private static List<org.apache.poi.ss.usermodel.Cell> cells(Sheet sheet) {
        var cells = new ArrayList<org.apache.poi.ss.usermodel.Cell>();
        sheet.forEach(row -> row.forEach(cells::add));
        return cells;
    }
}
