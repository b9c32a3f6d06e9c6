package io.largesse.readers;

import static io.largesse.readers.Corpus.column;
import static io.largesse.readers.Corpus.pattern;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which row is the header, and which column holds the user id. */
class LayoutTest {

    @TempDir
    Path dir;

    private Corpus corpus;

    @BeforeEach
    void corpus() {
        corpus = new Corpus(dir);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user_id",
                "userid",
                "User ID",
                "user-id",
                "USERID",
                "uid",
                "UID",
                "member_id",
                "memberId",
                "customer_id",
                "用户ID",
                "用户Id",
                "用户编号",
                "用户号",
                "用户标识",
                "会员ID",
                "会员号",
                "会员编号",
                "客户ID",
                "客户编号",
                "ＵＳＥＲ＿ＩＤ",
                " user_id "
            })
    void knownNamesAreFound(String name) {
        var list = corpus.text("users.csv", "x," + name + "\n1,u1\n");

        assertThat(list.idColumn()).isEqualTo(1);
        assertThat(list.ids()).containsExactly("u1");
        assertThat(corpus.text("users.csv", name + "\nu1\n").ids()).containsExactly("u1");
    }

    @Test
    void aSingleColumnNeedsNoHeader() {
        var list = corpus.text("users.csv", "u1\nu2\n");

        assertThat(list.header()).containsExactly("A");
        assertThat(list.ids()).containsExactly("u1", "u2");
        assertThat(list.numbers()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "ID", "编号"})
    void aloneInAColumnTheWordIdIsItsName(String name) {
        assertThat(corpus.text("users.csv", name + "\nu1\n").ids()).containsExactly("u1");
        assertThat(corpus.refusedText("users.csv", name + ",x\nu1,y\n").code()).isEqualTo("readers.column.unclear");
    }

    @Test
    void aFirstRowThatOnlyThePatternTellsApartIsTheHeader() {
        assertThat(corpus.text("users.csv", "Empfänger\nu1\n", pattern("u[0-9]+"))
                        .ids())
                .containsExactly("u1");
    }

    @Test
    void aFirstRowThatThePatternRejectsAmongOthersIsData() {
        assertThat(corpus.text("users.csv", "x1\nx2\nu3\n", pattern("u[0-9]+")).rejects())
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recipient", "客户", "VIP 2026"})
    void inDoubtTheFileIsRefused(String name) {
        var refusal = corpus.refusedText("users.csv", name + "\n1001\n1002\n");

        assertThat(refusal.code()).isEqualTo("readers.header.doubt");
        assertThat(refusal.arguments()).containsExactly("users.csv", "1", name, "A");
    }

    @Test
    void namesAmongNamesAreNoDoubt() {
        assertThat(corpus.text("users.csv", "alice\nbob\ncarol7\n").ids()).containsExactly("alice", "bob", "carol7");
    }

    @Test
    void severalColumnsWithoutAKnownNameAreRefusedWithTheirNames() {
        var refusal = corpus.refusedText("users.csv", "phone,mail\n1,a\n");

        assertThat(refusal.code()).isEqualTo("readers.column.unclear");
        assertThat(refusal.arguments()).containsExactly("users.csv", "A=phone, B=mail");
    }

    @Test
    void severalKnownNamesAreRefused() {
        assertThat(corpus.refusedText("users.csv", "user_id,uid\n1,a\n").code()).isEqualTo("readers.column.several");
        assertThat(corpus.refusedText("users.csv", "x,x\n1,a\n", column("x")).code())
                .isEqualTo("readers.column.several");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Phone", " phone ", "PHONE", "ｐｈｏｎｅ", "B", "b", "2"})
    void aColumnIsChosenByNameLetterOrNumber(String choice) {
        var list = corpus.text("users.csv", "user_id,phone\nu1,p1\n", column(choice));

        assertThat(list.idColumn()).isEqualTo(1);
        assertThat(list.ids()).containsExactly("p1");
    }

    @Test
    void aListWithoutHeaderIsReadByLetter() {
        var list = corpus.text("users.csv", "Ann,u1\nBob,u2\n", column("B"));

        assertThat(list.header()).containsExactly("A", "B");
        assertThat(list.ids()).containsExactly("u1", "u2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "C", "3", "ZZZ", "0"})
    void aColumnThatIsNotThereIsRefused(String choice) {
        var refusal = corpus.refusedText("users.csv", "user_id,phone\nu1,p1\n", column(choice));

        assertThat(refusal.code()).isEqualTo("readers.column.missing");
        assertThat(refusal.arguments()).containsExactly("users.csv", choice, "A=user_id, B=phone");
    }

    @Test
    void aNumberThatMayBeANameAPlaceOrAUserIdIsRefused() {
        assertThat(corpus.refusedText("users.csv", "1\n2\n3\n", column("1")).code())
                .isEqualTo("readers.header.doubt");
    }

    @Test
    void aTitleAboveTheHeaderIsRefused() {
        assertThat(corpus.refusedText("users.csv", "VIP list\nuser_id,name\nu1,Ann\n")
                        .code())
                .isEqualTo("readers.column.unclear");
    }
}
