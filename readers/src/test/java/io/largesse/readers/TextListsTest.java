package io.largesse.readers;

import static io.largesse.readers.Corpus.column;
import static io.largesse.readers.Corpus.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextListsTest {

    private static final String CHINESE = "用户ID,姓名\nu1,张三\nu2,李四\n";

    @TempDir
    Path dir;

    private Corpus corpus;

    @BeforeEach
    void corpus() {
        corpus = new Corpus(dir);
    }

    @Test
    void aListIsReadWithItsHeader() {
        var list = corpus.text("users.csv", "name,user_id,city\nAnn,u1,Rome\nBob,u2,\n");

        assertThat(list.header()).containsExactly("name", "user_id", "city");
        assertThat(list.idColumn()).isEqualTo(1);
        assertThat(list.sheet()).isEmpty();
        assertThat(list.rows())
                .containsExactly(
                        new ListedRow.Accepted(2, "u1", List.of("Ann", "u1", "Rome")),
                        new ListedRow.Accepted(3, "u2", List.of("Bob", "u2", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"})
    void theCharacterSetIsFound(String charset) {
        var file = corpus.write("users.csv", CHINESE.getBytes(Charset.forName(charset)));

        var list = corpus.read(file);

        assertThat(list.header()).containsExactly("用户ID", "姓名");
        assertThat(list.rows().get(1).cells()).containsExactly("u2", "李四");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void aByteOrderMarkIsNoPartOfTheHeader(String charset) {
        var file = corpus.write("users.csv", ("\uFEFF" + CHINESE).getBytes(Charset.forName(charset)));

        assertThat(corpus.read(file).header()).containsExactly("用户ID", "姓名");
    }

    @Test
    void aLateChineseNameDecidesTheCharacterSet() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("user_id,name\n".getBytes(StandardCharsets.US_ASCII));
        for (var i = 0; i < 150_000; i++) {
            bytes.write(("u" + i + ",name\n").getBytes(StandardCharsets.US_ASCII));
        }
        bytes.write("last,王五\n".getBytes(Charset.forName("GB18030")));

        var list = corpus.read(corpus.write("users.csv", bytes.toByteArray()));

        assertThat(list.rows()).hasSize(150_001);
        assertThat(list.rows().get(150_000).cells()).containsExactly("last", "王五");
    }

    @Test
    void brokenBytesAreRefusedWithTheirLine() throws Exception {
        var bytes = new ByteArrayOutputStream();
        bytes.write("user_id,name\n".getBytes(StandardCharsets.UTF_8));
        for (var i = 0; i < 30; i++) {
            bytes.write(("u" + i + ",王五\n").getBytes(StandardCharsets.UTF_8));
        }
        bytes.write(new byte[] {'x', ',', (byte) 0xFF, '\n'});

        var refusal = corpus.refusal(corpus.write("users.csv", bytes.toByteArray()));

        assertThat(refusal.code()).isEqualTo("readers.text.encoding");
        assertThat(refusal.arguments()).containsExactly("users.csv", "32");
    }

    @Test
    void bytesOfNoCharacterSetAreRefused() {
        var file = corpus.write("users.csv", new byte[] {'a', '\n', (byte) 0xFF, (byte) 0xFF, '\n'});

        assertThat(corpus.refusal(file).arguments()).containsExactly("users.csv", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void theDelimiterIsFoundWithQuotesRespected(String d) {
        var list = corpus.text(
                "users.txt", "name" + d + "user_id\n\"Smith" + d + ",;|\n\"\"A\"\"\"" + d + "u1\nBob" + d + "u2\n");

        assertThat(list.header()).containsExactly("name", "user_id");
        assertThat(list.ids()).containsExactly("u1", "u2");
        assertThat(list.rows().get(0).cells().get(0)).isEqualTo("Smith" + d + ",;|\n\"A\"");
        assertThat(list.numbers()).containsExactly(2, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesMayEndInAnyWay(String end) {
        var list = corpus.text("users.csv", String.join(end, "user_id", "u1", "", "u2", " , ", "u3"));

        assertThat(list.ids()).containsExactly("u1", "u2", "u3");
        assertThat(list.numbers()).containsExactly(2, 4, 6);
    }

    @Test
    void aTabFileIsReadByItsTabs() {
        var list = corpus.text("users.tsv", "user_id\tname, title\nu1\tAnn, Dr\n");

        assertThat(list.header()).containsExactly("user_id", "name, title");
        assertThat(list.ids()).containsExactly("u1");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefusedWithItsLine() {
        var refusal = corpus.refusedText("users.csv", "user_id\nu1\n\"u2\nu3\nu4\n");

        assertThat(refusal.code()).isEqualTo("readers.text.quote");
        assertThat(refusal.arguments()).containsExactly("users.csv", "3");
    }

    @Test
    void textAfterAClosedQuoteIsRefusedWithItsLine() {
        var refusal = corpus.refusedText("users.csv", "user_id,name\nu1,a\n\"u2\"x,b\n");

        assertThat(refusal.arguments()).containsExactly("users.csv", "3");
    }

    @Test
    void aQuoteThatIsNeverClosedInALongFileIsRefusedInBoundedMemory() {
        var content = "user_id\nu1\n\"u2\n" + "u3333333\n".repeat(200_000);

        var refusal = corpus.refusedText("users.csv", content);

        assertThat(refusal.code()).isEqualTo("readers.text.field");
        assertThat(refusal.arguments()).containsExactly("users.csv", "3");
    }

    @Test
    void aRecordOfEndlessCellsIsRefused() {
        var content = "user_id\nu1\nu2" + ",\"x\ny\"".repeat(1_200_000) + "\n";

        assertThat(corpus.refusedText("users.csv", content).code()).isEqualTo("readers.text.record");
    }

    @Test
    void aFileWithoutLinesIsRefusedEarly() throws Exception {
        var file = dir.resolve("users.csv");
        try (var out = Files.newOutputStream(file)) {
            var block = "x".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
            for (var i = 0; i < 64; i++) {
                out.write(block);
            }
        }

        assertThat(corpus.refusal(file).code()).isEqualTo("readers.text.no-lines");
    }

    @Test
    void aRowWithMoreCellsThanTheHeaderIsRejectedSinceItsIdMayBeAnothers() {
        var list = corpus.text("users.csv", "name,user_id\nAnn,u1\nSmith, John,u2\nBob,u3,\n");

        assertThat(list.ids()).containsExactly("u1", "u3");
        assertThat(list.rejects()).containsExactly("3 readers.row.cells");
    }

    @Test
    void whatExportsWriteForNothingAndForTooMuchIsNoUserId() {
        var list = corpus.text(
                "users.csv",
                "user_id,n\nNULL,1\n#N/A,2\n1.23457E+17,3\n\"=A1\",4\nuser_id,5\n \"u6\",6\nu 7,7\n,8\nu9,9\n");

        assertThat(list.ids()).containsExactly("u9");
        assertThat(list.rejects())
                .containsExactly(
                        "2 readers.row.error",
                        "3 readers.row.error",
                        "4 readers.row.scientific",
                        "5 readers.row.formula",
                        "6 readers.row.header",
                        "7 readers.row.quotes",
                        "8 coupons.user-id.invisible",
                        "9 readers.row.empty");
        assertThat(list.rejected().get(0).raw()).isEqualTo("NULL");
        assertThat(list.rejected().get(0).cells()).containsExactly("NULL", "1");
    }

    @Test
    void idsAreReadInCanonicalForm() {
        assertThat(corpus.text("users.csv", "user_id\n　Ｕ１　\n 00042 \n\u00A0u3\n")
                        .ids())
                .containsExactly("U1", "00042", "u3");
    }

    @Test
    void thePatternOfTheCampaignMustMatchTheWholeId() {
        var list = corpus.text("users.csv", "user_id\nu1\nu12x\nv1\n", pattern("u[0-9]+"));

        assertThat(list.ids()).containsExactly("u1");
        assertThat(list.rejected().get(0).reason().arguments()).containsExactly("u12x", "u[0-9]+");
        assertThat(list.rejects()).containsExactly("3 readers.row.pattern", "4 readers.row.pattern");
    }

    @Test
    void longCellsAreCut() {
        var list = corpus.text("users.csv", "user_id,note\n" + "x".repeat(5000) + "," + "y".repeat(5000) + "\n");

        var row = list.rejected().get(0);
        assertThat(row.raw()).hasSize(300);
        assertThat(row.cells()).extracting(String::length).containsExactly(1000, 1000);
    }

    @Test
    void onlyAHundredColumnsAreKept() {
        var names =
                String.join(",", IntStream.range(1, 150).mapToObj(i -> "c" + i).toList());
        var file = corpus.write("users.csv", ("user_id," + names + "\nu1\nu2,x\n").getBytes(StandardCharsets.UTF_8));

        var list = corpus.read(file);

        assertThat(list.header()).hasSize(100);
        assertThat(list.ids()).containsExactly("u1", "u2");
    }

    @Test
    void aFileOfBlankLinesHasNoContent() {
        assertThat(corpus.refusedText("users.csv", "\n\n , \n").code()).isEqualTo("readers.file.no-content");
    }

    @Test
    void aHeaderAloneIsRefused() {
        assertThat(corpus.refusedText("users.csv", "user_id\n\n").code()).isEqualTo("readers.file.no-rows");
        assertThat(corpus.refusedText("users.csv", "name,mail\n", column("mail"))
                        .code())
                .isEqualTo("readers.file.no-rows");
    }
}
