package io.largesse.app;

import static io.largesse.app.BadFiles.bomb;
import static io.largesse.app.BadFiles.both;
import static io.largesse.app.BadFiles.bytes;
import static io.largesse.app.BadFiles.half;
import static io.largesse.app.BadFiles.inline;
import static io.largesse.app.BadFiles.ole2;
import static io.largesse.app.BadFiles.protectedXlsx;
import static io.largesse.app.BadFiles.rawXlsx;
import static io.largesse.app.BadFiles.row;
import static io.largesse.app.BadFiles.sheet;
import static io.largesse.app.BadFiles.text;
import static io.largesse.app.BadFiles.xls;
import static io.largesse.app.BadFiles.xlsx;
import static io.largesse.app.BadFiles.zip;

import io.largesse.app.BadFiles.Maker;
import io.largesse.app.RefusedListsTest.Refused;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.stream.Stream;

/** What is refused, and in which words. */
final class RefusedFiles {

    private static final String DAMAGED =
            " cannot be read: it is damaged or incomplete; upload it again, or open it in the spreadsheet program and save"
                    + " it as a new file";
    private static final String DAMAGED_ZH = " 无法读取：文件已损坏或不完整；请重新上传，或用表格软件打开后另存为新文件";
    private static final String BOMB =
            " unpacks to far more than a list can hold; copy the rows into a new workbook and save that";
    private static final String BOMB_ZH = " 解压后的大小远超名单所需；请把各行复制到新工作簿并保存";
    private static final String ENTITY =
            " contains XML that refers to other data (an entity), which no spreadsheet program writes; save it as a new"
                    + " .xlsx file";
    private static final String ENTITY_ZH = " 含有引用外部数据的 XML（实体），表格软件不会写出这种内容；请另存为新的 .xlsx 文件";

    private static final Maker WORKBOOK = xlsx(sheet("Users", "user_id", "U1", "U2"));

    private RefusedFiles() {}

    static Stream<Refused> notWhatTheyAreCalled() {
        return Stream.of(
                new Refused(
                        "users.xlsx",
                        text("user_id\nU1\n"),
                        "users.xlsx is called .xlsx, but is plain text; rename it to end in .csv, or save it as .xlsx"
                                + " from the spreadsheet program",
                        "users.xlsx 的扩展名为 .xlsx，实际是纯文本；请把扩展名改为 .csv，或用表格软件另存为 .xlsx"),
                new Refused(
                        "users.csv",
                        WORKBOOK,
                        "users.csv is called .csv, but is an Excel workbook; rename it to end in .xlsx",
                        "users.csv 的扩展名为 .csv，实际是 Excel 工作簿；请把扩展名改为 .xlsx"),
                new Refused(
                        "users.xlsx",
                        xls(sheet("Users", "user_id", "U1")),
                        "users.xlsx is called .xlsx, but is a workbook of Excel 97-2003; rename it to end in .xls",
                        "users.xlsx 的扩展名为 .xlsx，实际是 Excel 97-2003 工作簿；请把扩展名改为 .xls"),
                new Refused(
                        "users.docx",
                        zip(Map.of("word/document.xml", "<x/>")),
                        "users.docx ends in \".docx\", which is no list that can be read; save it as .xlsx, .xls, .csv"
                                + " or .tsv",
                        "users.docx 的扩展名为 \".docx\"，无法作为名单读取；请另存为 .xlsx、.xls、.csv 或 .tsv"),
                new Refused(
                        "users",
                        text("user_id\nU1\n"),
                        "users ends in \".\", which is no list that can be read; save it as .xlsx, .xls, .csv or .tsv",
                        "users 的扩展名为 \".\"，无法作为名单读取；请另存为 .xlsx、.xls、.csv 或 .tsv"),
                new Refused(
                        "users.xlsx",
                        zip(Map.of("word/document.xml", "<x/>")),
                        "users.xlsx is an Office document, but no Excel workbook; save the list as .xlsx",
                        "users.xlsx 是 Office 文档，但不是 Excel 工作簿；请把名单另存为 .xlsx"),
                new Refused(
                        "users.xlsx",
                        zip(Map.of("users.csv", "U1")),
                        "users.xlsx is a zip archive without a workbook inside; unpack it and upload the list itself",
                        "users.xlsx 是压缩包，里面没有工作簿；请解压后上传名单文件本身"),
                new Refused(
                        "users.xls",
                        text("<html><table><tr><td>U1</td></tr></table></html>"),
                        "users.xls is a web page, no spreadsheet; open it in the spreadsheet program and save it as"
                                + " .xlsx",
                        "users.xls 是网页，不是电子表格；请用表格软件打开后另存为 .xlsx"),
                new Refused(
                        "users.csv",
                        text("%PDF-1.7\n"),
                        "users.csv is a PDF; export the list as .xlsx or .csv",
                        "users.csv 是 PDF 文件；请把名单导出为 .xlsx 或 .csv"),
                new Refused(
                        "users.csv",
                        bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'),
                        "users.csv is neither a spreadsheet nor text; export the list as .xlsx or .csv",
                        "users.csv 既不是电子表格也不是文本；请把名单导出为 .xlsx 或 .csv"));
    }

    static Stream<Refused> brokenOrHarmful() {
        return Stream.of(
                new Refused(
                        "users.xlsx",
                        protectedXlsx(WORKBOOK),
                        "users.xlsx is protected by a password; save it without one and upload it again",
                        "users.xlsx 有密码保护；请取消密码后保存并重新上传"),
                new Refused("users.xlsx", half(WORKBOOK), "users.xlsx" + DAMAGED, "users.xlsx" + DAMAGED_ZH),
                new Refused(
                        "users.xls",
                        half(xls(sheet("Users", "user_id", "U1"))),
                        "users.xls" + DAMAGED,
                        "users.xls" + DAMAGED_ZH),
                new Refused(
                        "users.xlsx",
                        bomb("<worksheet><sheetData><row><c><v>", "xxxxxxxx", 1_000_000),
                        "users.xlsx" + BOMB,
                        "users.xlsx" + BOMB_ZH),
                new Refused(
                        "users.xls",
                        ole2("Workbook", BadRecords.manyStrings()),
                        "users.xls" + BOMB,
                        "users.xls" + BOMB_ZH),
                new Refused(
                        "users.xlsx",
                        rawXlsx(
                                "",
                                Map.of(
                                        "xl/worksheets/sheet1.xml",
                                        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet><sheetData>"
                                                + row("user_id") + row("&e;") + "</sheetData></worksheet>")),
                        "users.xlsx [Users]" + ENTITY,
                        "users.xlsx [Users]" + ENTITY_ZH),
                new Refused(
                        "users.xlsx",
                        rawXlsx("<row r=\"1\">" + inline("user_id") + "</row><row r=\"3\">" + inline("U3")
                                + "</row><row r=\"2\">" + inline("U2") + "</row>"),
                        "users.xlsx [Users]" + DAMAGED,
                        "users.xlsx [Users]" + DAMAGED_ZH),
                new Refused(
                        "users.xlsx",
                        rawXlsx("<row r=\"1048577\">" + inline("U1") + "</row>"),
                        "users.xlsx [Users] has more rows or columns than a sheet can have (1,048,576 and 16,384); split"
                                + " the list into several files",
                        "users.xlsx [Users] 的行数或列数超过工作表的上限（1,048,576 行、16,384 列）；请把名单拆成多个文件"));
    }

    static Stream<Refused> withoutRows() {
        return Stream.of(
                new Refused(
                        "users.csv",
                        bytes(),
                        "users.csv is empty (0 bytes); export the list again and upload that file",
                        "users.csv 是空文件（0 字节）；请重新导出名单后再上传"),
                new Refused(
                        "users.csv",
                        text("user_id\n\n \n"),
                        "users.csv has no rows below its header in row 1; add the user ids and upload it again",
                        "users.csv 在第 1 行的表头下面没有数据；请填入用户ID后重新上传"),
                new Refused(
                        "users.xlsx",
                        xlsx(sheet("Users")),
                        "users.xlsx has no rows; put the user ids into a visible sheet and upload it again",
                        "users.xlsx 没有任何行；请把用户ID放入可见的工作表后重新上传"),
                new Refused(
                        "users.xlsx",
                        xlsx(sheet("Users", "user_id", "U1").andThen(w -> {
                            w.createSheet("Notes");
                            w.setSheetHidden(0, true);
                            w.setActiveSheet(1);
                        })),
                        "users.xlsx has no rows; put the user ids into a visible sheet and upload it again",
                        "users.xlsx 没有任何行；请把用户ID放入可见的工作表后重新上传"));
    }

    static Stream<Refused> columnsAndSheets() {
        var twoSheets = xlsx(sheet("North", "user_id", "U1").andThen(sheet("South", "user_id", "U2")));
        return Stream.of(
                new Refused(
                        "users.xlsx",
                        xlsx(sheet("Users", "user_id|name", "U1|Ann")),
                        "users.xlsx [Users] has no column \"Member\"; its columns are: A=user_id, B=name; say one of them"
                                + " by --column NAME or --column LETTER",
                        "users.xlsx [Users] 没有列“Member”；现有的列：A=user_id, B=name；请用 --column 列名 或 --column 列字母 指定",
                        "--column",
                        "Member"),
                new Refused(
                        "users.csv",
                        text("name,phone\nAnn,1\n"),
                        "users.csv does not say which column holds the user id; its columns are: A=name, B=phone; say one"
                                + " by --column NAME, or name it user_id in the first row",
                        "users.csv 没有说明哪一列是用户ID；现有的列：A=name, B=phone；请用 --column 列名 指定，或把首行的列名改为 user_id"),
                new Refused(
                        "users.csv",
                        text("user_id,member id\nU1,M1\n"),
                        "users.csv has several columns that may hold the user id: A=user_id, B=member id; say one by its"
                                + " letter, --column LETTER, or rename the others",
                        "users.csv 有多列可能是用户ID：A=user_id, B=member id；请用 --column 列字母 指定其中一列，或改掉其他列名"),
                new Refused(
                        "users.xlsx",
                        twoSheets,
                        "users.xlsx has several sheets with rows: North, South; say which one by --sheet NAME",
                        "users.xlsx 有多个含数据的工作表：North, South；请用 --sheet 名称 指定其中一个"),
                new Refused(
                        "users.xlsx",
                        twoSheets,
                        "users.xlsx has no sheet \"West\"; its sheets are: North, South; say one of them by --sheet NAME",
                        "users.xlsx 没有工作表“West”；现有工作表：North, South；请用 --sheet 名称 指定其中一个",
                        "--sheet",
                        "West"),
                new Refused(
                        "users.csv",
                        text("\u202Enames\u001B[31m,b\nU1,1\n"),
                        "users.csv does not say which column holds the user id; its columns are: A=\\u202Enames\\u001B[31m,"
                                + " B=b; say one by --column NAME, or name it user_id in the first row",
                        "users.csv 没有说明哪一列是用户ID；现有的列：A=\\u202Enames\\u001B[31m, B=b；请用 --column 列名 指定，"
                                + "或把首行的列名改为 user_id"),
                new Refused(
                        "users.xlsx",
                        rawXlsx(row("na_x0000_me", "phone") + row("U1", "1")),
                        "users.xlsx [Users] does not say which column holds the user id; its columns are: A=na\u2400me,"
                                + " B=phone; say one by --column NAME, or name it user_id in the first row",
                        "users.xlsx [Users] 没有说明哪一列是用户ID；现有的列：A=na\u2400me, B=phone；请用 --column 列名 指定，"
                                + "或把首行的列名改为 user_id"));
    }

    static Stream<Refused> texts() {
        var mixed = both(text("user_id\n" + "用户1\n".repeat(9)), text("用户2\n", Charset.forName("GB18030")));
        return Stream.of(
                new Refused(
                        "users.csv",
                        mixed,
                        "users.csv is not in one character set: line 11 is neither UTF-8 nor GB18030; save it as \"CSV"
                                + " UTF-8\" and upload it again",
                        "users.csv 的字符编码不一致：第 11 行既不是 UTF-8 也不是 GB18030；请另存为“CSV UTF-8”后重新上传"),
                new Refused(
                        "users.csv",
                        text("user_id,name\nU1,Ann\nU2,\"Ben\nU3,Cat\n"),
                        "users.csv: the quotes of the row that starts in line 3 are wrong: one is opened and never closed,"
                                + " or text follows a closed one; correct that row and upload the file again",
                        "users.csv：从第 3 行开始的记录引号有误：引号没有闭合，或闭合后还有文字；请改正该行后重新上传"),
                new Refused(
                        "users.csv",
                        text("user_id,name\nU1,Ann\nU2,\"Ben" + "\nU3,Cat".repeat(200_000)),
                        "users.csv: the row that starts in line 3 has a cell of more than 1,048,576 characters; most likely"
                                + " a quote in it is never closed; correct that row and upload the file again",
                        "users.csv：从第 3 行开始的记录中有单元格超过 1,048,576 个字符，多半是引号没有闭合；请改正该行后重新上传"),
                new Refused(
                        "users.csv",
                        text("U1,".repeat(2_000_000)),
                        "users.csv has a line of more than 4,194,304 characters and is no list; put each user id on a"
                                + " line of its own",
                        "users.csv 有一行超过 4,194,304 个字符，不是名单；请让每个用户ID独占一行"),
                new Refused(
                        "users.csv",
                        text("Ann\nU1\nU2\n"),
                        "users.csv: row 1 reads \"Ann\" in column A, which may be the name of the column or a user id; put"
                                + " a row with the name user_id above the ids (instead of \"Ann\" if that is a name)",
                        "users.csv：第 1 行 A 列的内容为“Ann”，可能是列名，也可能是用户ID；请在ID上方加一行列名 user_id" + "（如果“Ann”是列名，则直接替换它）"));
    }
}
