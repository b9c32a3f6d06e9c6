package io.largesse.app;

import static io.largesse.app.BadFiles.inline;
import static io.largesse.app.BadFiles.rawXlsx;
import static io.largesse.app.BadFiles.row;
import static io.largesse.app.BadFiles.sharedStrings;
import static io.largesse.app.BadFiles.sheet;
import static io.largesse.app.BadFiles.strictXlsx;
import static io.largesse.app.BadFiles.text;
import static io.largesse.app.BadFiles.xlsx;

import io.largesse.app.OddListsTest.Odd;
import io.largesse.app.OddListsTest.Row;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.FormulaError;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.ss.util.CellRangeAddress;

/** What is read however odd it looks, and which rows of it are rejected. */
final class OddLists {

    private OddLists() {}

    static Stream<Odd> workbooks() {
        return Stream.of(
                new Odd(
                        "the strict form of the format",
                        "users.xlsx",
                        strictXlsx(row("user_id") + row("strict1") + "<row><c t=\"d\"><v>2026-11-23</v></c></row>"),
                        List.of("strict1"),
                        List.of(new Row(
                                3,
                                "the cell is a date (2026-11-23) and no user id; format the column as text and paste the"
                                        + " ids again",
                                "单元格是日期（2026-11-23），不是用户ID；请把该列设为文本格式后重新粘贴用户ID"))),
                new Odd(
                        "shared, inline and rich text, with the reading of a name beside it",
                        "users.xlsx",
                        rawXlsx(
                                "<row><c t=\"s\"><v>0</v></c></row><row><c t=\"s\"><v>1</v></c></row>"
                                        + row("inline1")
                                        + "<row><c t=\"inlineStr\"><is><r><t>ri</t></r><r><t>ch1</t></r></is></c></row>",
                                sharedStrings("<si><t>user_id</t></si><si><r><t>東京</t></r><r><t>1</t></r>"
                                        + "<rPh sb=\"0\" eb=\"2\"><t>とうきょう</t></rPh></si>")),
                        List.of("inline1", "rich1", "東京1"),
                        List.of()),
                new Odd(
                        "rows and cells without numbers",
                        "users.xlsx",
                        rawXlsx(row("user_id", "n") + row("bare1", "1") + "<row/><row r=\"9\"><c r=\"B9\"><v>7</v></c>"
                                + "</row>" + row("bare2")),
                        List.of("bare1", "bare2"),
                        List.of(new Row(
                                9,
                                "the user id is empty although the row has other content (of merged cells only the first"
                                        + " holds the value); fill it in, or clear the row",
                                "该行有其他内容，但用户ID为空（合并单元格只有第一格有值）；请补填，或清空该行"))),
                new Odd(
                        "a hidden sheet beside the visible one",
                        "users.xlsx",
                        xlsx(twoSheets()),
                        List.of("visible1"),
                        List.of()),
                new Odd(
                        "a hidden sheet that is asked for by name",
                        "users.xlsx",
                        xlsx(twoSheets()),
                        List.of("hidden1"),
                        List.of(),
                        "--sheet",
                        "Old"),
                new Odd(
                        "16,384 columns",
                        "users.xlsx",
                        rawXlsx(row("user_id") + "<row>" + inline("wide1") + "<c><v>7</v></c>".repeat(16_383)
                                + "</row>"),
                        List.of("wide1"),
                        List.of()),
                new Odd(
                        "characters that no database keeps, in the header and in other columns",
                        "users.xlsx",
                        rawXlsx(row("user_id", "na_x0000_me")
                                + row("whole1", "a_xD83D_b_x0000_")
                                + row("half_xD83D_", "")),
                        List.of("whole1"),
                        List.of(new Row(
                                3,
                                "the user id contains the invisible character U+FFFD; retype it without",
                                "用户ID含有不可见字符U+FFFD，请去掉后重新填写"))));
    }

    private static java.util.function.Consumer<Workbook> twoSheets() {
        return sheet("Old", "user_id", "hidden1")
                .andThen(sheet("New", "user_id", "visible1"))
                .andThen(workbook -> {
                    workbook.setActiveSheet(1);
                    workbook.setSheetHidden(0, true);
                });
    }

    /** One sheet with whatever a cell can hold instead of an id. */
    static Stream<Odd> cells() {
        return Stream.of(new Odd(
                "formulas, dates, merged cells, booleans, errors and long numbers in the id column",
                "users.xlsx",
                xlsx(OddLists::everyKindOfCell),
                List.of("12345", "cell1", "merged1"),
                List.of(
                        new Row(
                                3,
                                "the cell holds a formula, whose result (7.0) may be out of date; copy the column and paste"
                                        + " it as values",
                                "单元格是公式，其结果（7.0）可能已过期；请复制该列并粘贴为数值"),
                        new Row(
                                4,
                                "the cell is a date (2026-11-23) and no user id; format the column as text and paste the ids"
                                        + " again",
                                "单元格是日期（2026-11-23），不是用户ID；请把该列设为文本格式后重新粘贴用户ID"),
                        new Row(
                                5,
                                "the cell is a truth value (TRUE) and no user id; correct it",
                                "单元格是逻辑值（TRUE），不是用户ID；请改正"),
                        new Row(
                                6,
                                "the cell holds no user id but #N/A; correct it at its source",
                                "单元格的内容是 #N/A，不是用户ID；请从来源处改正"),
                        new Row(
                                8,
                                "the user id is empty although the row has other content (of merged cells only the first"
                                        + " holds the value); fill it in, or clear the row",
                                "该行有其他内容，但用户ID为空（合并单元格只有第一格有值）；请补填，或清空该行"),
                        new Row(
                                10,
                                "the number 1.2345678901234568E17 has more than the 15 digits that a spreadsheet keeps, so"
                                        + " its last ones are lost already; format the column as text and paste the ids"
                                        + " again",
                                "数字 1.2345678901234568E17 超过表格能保留的 15 位，末尾几位已经丢失；请把该列设为文本格式后重新粘贴用户ID"),
                        new Row(
                                11,
                                "the number 12.5 is not a whole number from 0 on; correct the user id",
                                "数字 12.5 不是大于等于 0 的整数；请改正用户ID"))));
    }

    private static void everyKindOfCell(Workbook workbook) {
        sheet("Users", "user_id|note", "cell1|a", "|f", "|d", "|b", "|e", "merged1|m", "|m", "|n", "|l", "|h")
                .accept(workbook);
        var users = workbook.getSheetAt(0);
        var day = workbook.createCellStyle();
        day.setDataFormat((short) 14);
        for (var row = 2; row <= 10; row++) {
            users.getRow(row).getCell(0).setBlank();
        }
        users.getRow(2).getCell(0).setCellValue(7);
        users.getRow(2).getCell(0).setCellFormula("3+4");
        users.getRow(3).getCell(0).setCellValue(LocalDate.of(2026, 11, 23));
        users.getRow(3).getCell(0).setCellStyle(day);
        users.getRow(4).getCell(0).setCellValue(true);
        users.getRow(5).getCell(0).setCellErrorValue(FormulaError.NA.getCode());
        users.getRow(6).getCell(0).setCellValue("merged1");
        users.addMergedRegion(new CellRangeAddress(6, 7, 0, 0));
        users.getRow(8).getCell(0).setCellValue(12345);
        users.getRow(9).getCell(0).setCellValue(123456789012345678d);
        users.getRow(10).getCell(0).setCellValue(12.5);
    }

    static Stream<Odd> texts() {
        return Stream.of(
                new Odd(
                        "lines that end in CR only",
                        "users.csv",
                        text("user_id,name\rcr1,Ann\r,Ben\rcr2,Cat"),
                        List.of("cr1", "cr2"),
                        List.of(new Row(
                                3,
                                "the user id is empty although the row has other content (of merged cells only the first"
                                        + " holds the value); fill it in, or clear the row",
                                "该行有其他内容，但用户ID为空（合并单元格只有第一格有值）；请补填，或清空该行"))),
                new Odd(
                        "GB18030, as Chinese Excel saves csv",
                        "名单.csv",
                        text("用户ID,姓名\ngb1,王伟\ngb2,李娜\n", Charset.forName("GB18030")),
                        List.of("gb1", "gb2"),
                        List.of()),
                new Odd(
                        "UTF-16 with tabs, as Excel saves Unicode text",
                        "users.txt",
                        text("\uFEFFuser_id\tname\r\nwide16\t王伟\r\n", StandardCharsets.UTF_16LE),
                        List.of("wide16"),
                        List.of()),
                new Odd(
                        "a separator that is not in quotes",
                        "users.csv",
                        text("user_id,name\nsep1,Ann\nDr.,Ben,sep2\n"),
                        List.of("sep1"),
                        List.of(new Row(
                                3,
                                "the row has more cells than the 2 columns of the header; put text that contains the"
                                        + " separator into quotes",
                                "该行的单元格多于表头的 2 列；含有分隔符的文字请加上引号"))));
    }

    /** What people type as ids. */
    static Stream<Odd> users() {
        var harmful = "=cmd|'/C'!A0";
        return Stream.of(new Odd(
                "ids with spaces, full-width digits, control and bidi characters, 300 characters and formulas",
                "users.tsv",
                text("user_id\tname\n  id1 \tAnn\nｉｄ２\tfull width\nid 3\tspace\nid\u00074\tbell\nid\u202E5\tturned\n"
                        + "x".repeat(300) + "\tlong\n" + harmful + "\t" + harmful + "\nid1\ttwice\n"),
                List.of("id1", "id2"),
                List.of(
                        new Row(
                                4,
                                "the user id contains the invisible character U+0020; retype it without",
                                "用户ID含有不可见字符U+0020，请去掉后重新填写"),
                        new Row(
                                5,
                                "the user id contains the invisible character U+0007; retype it without",
                                "用户ID含有不可见字符U+0007，请去掉后重新填写"),
                        new Row(
                                6,
                                "the user id contains the invisible character U+202E; retype it without",
                                "用户ID含有不可见字符U+202E，请去掉后重新填写"),
                        new Row(7, "the user id has 300 characters; at most 64 are allowed", "用户ID有300个字符，最多允许64个"),
                        new Row(
                                8,
                                "the cell holds a formula, whose result (=cmd|'/C'!A0) may be out of date; copy the column"
                                        + " and paste it as values",
                                "单元格是公式，其结果（=cmd|'/C'!A0）可能已过期；请复制该列并粘贴为数值"),
                        new Row(9, "the same user as in row 2 of users.tsv", "与users.tsv第2行的用户重复"))));
    }
}
