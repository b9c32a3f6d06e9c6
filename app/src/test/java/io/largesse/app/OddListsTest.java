package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.app.BadFiles.Maker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.usermodel.WorkbookFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists that look odd: who gets a coupon, and which rows get none, with the reasons in English and in Chinese. */
@Timeout(60)
class OddListsTest {

    private static final Program PROGRAM = Program.shared();
    private static final Books BOOKS = new Books(PROGRAM);
    private static String campaign = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void aCampaignWithCodes() throws Exception {
        campaign = new Sample(PROGRAM).campaignOfAnybody(1000);
        PROGRAM.json("code", "generate", campaign, "--count", "500");
    }

    /**
     * A list that is granted.
     *
     * @param what is odd about it
     * @param users who get a coupon, in the order of their ids
     * @param options of {@code grant start}
     */
    record Odd(String what, String name, Maker file, List<String> users, List<Row> rejected, String... options) {

        @Override
        public String toString() {
            return what;
        }
    }

    /** A row that gets nothing. */
    record Row(int number, String english, String chinese) {}

    @ParameterizedTest
    @MethodSource({
        "io.largesse.app.OddLists#workbooks",
        "io.largesse.app.OddLists#cells",
        "io.largesse.app.OddLists#texts",
        "io.largesse.app.OddLists#users"
    })
    void everyGoodRowGetsOneCouponAndEveryOtherItsReason(Odd odd) throws Exception {
        var file = odd.file().in(folder, odd.name());
        var words = Stream.of("grant", "start", campaign, file.toString(), "--max-rejects", "100");

        var done = PROGRAM.json(Stream.concat(words, Stream.of(odd.options())).toArray(String[]::new));

        assertThat(done.get("state").asString()).isEqualTo("DONE");
        var grant = Long.parseLong(done.get("grantId").asString());
        assertThat(BOOKS.usersOf(grant)).isEqualTo(odd.users());
        assertThat(done.get("rows").asInt())
                .isEqualTo(odd.users().size() + odd.rejected().size());
        assertThat(BOOKS.stagingTables()).isEmpty();
        assertThat(BOOKS.workFiles()).isEmpty();
        assertThat(reported(grant, "en"))
                .isEqualTo(odd.rejected().stream()
                        .map(row -> row.number() + ": " + row.english())
                        .toList());
        assertThat(reported(grant, "zh"))
                .isEqualTo(odd.rejected().stream()
                        .map(row -> row.number() + ": " + row.chinese())
                        .toList());
    }

    /** The rows of the report with their reasons; all its cells are text, whatever the rows held. */
    private List<String> reported(long grant, String language) throws Exception {
        var file = folder.resolve("rejects-" + language + ".xlsx");
        PROGRAM.json("grant", "report", Long.toString(grant), "--to", file.toString(), "--lang", language);
        var rows = new ArrayList<String>();
        try (var in = Files.newInputStream(file);
                var report = WorkbookFactory.create(in)) {
            assertThat(report.getSheetName(0)).isEqualTo(language.equals("en") ? "Summary" : "汇总");
            assertThat(report.getSheetName(1)).isEqualTo(language.equals("en") ? "Rejected rows" : "未通过的行");
            assertAllText(report);
            for (var row : report.getSheetAt(1)) {
                rows.add(row.getCell(2).getStringCellValue() + ": "
                        + row.getCell(3).getStringCellValue());
            }
        }
        assertThat(rows.remove(0)).isEqualTo(language.equals("en") ? "Row: Reason" : "行号: 原因");
        return rows;
    }

    /** What would be computed if it were typed is marked as text, for programs that paste or save it. */
    private static void assertAllText(Workbook report) {
        for (var sheet : report) {
            for (var row : sheet) {
                for (var cell : row) {
                    assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
                    assertThat(cell.getCellStyle().getDataFormatString()).isEqualTo("@");
                    assertThat(cell.getStringCellValue()).doesNotContain("\u0007", "\u001B", "\u202E", "\0");
                    if (cell.getStringCellValue().startsWith("=")) {
                        assertThat(cell.getCellStyle().getQuotePrefixed()).isTrue();
                    }
                }
            }
        }
    }
}
