package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.app.BadFiles.Maker;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that grant to nobody: what the operator is told about each, in English and in Chinese. */
@Timeout(120)
class RefusedListsTest {

    private static final int CODES = 50;

    private static final Program PROGRAM = Program.shared();
    private static final Books BOOKS = new Books(PROGRAM);
    private static String campaign = "";

    @TempDir
    Path folder;

    @BeforeAll
    static void aCampaignWithCodes() throws Exception {
        campaign = new Sample(PROGRAM).campaign(1000);
        PROGRAM.json("code", "generate", campaign, "--count", Integer.toString(CODES));
    }

    /**
     * A file that is refused.
     *
     * @param name as the operator calls it
     * @param options of {@code grant start}
     */
    record Refused(String name, Maker file, String english, String chinese, String... options) {

        @Override
        public String toString() {
            return english;
        }
    }

    @ParameterizedTest
    @MethodSource({
        "io.largesse.app.RefusedFiles#notWhatTheyAreCalled",
        "io.largesse.app.RefusedFiles#brokenOrHarmful",
        "io.largesse.app.RefusedFiles#withoutRows",
        "io.largesse.app.RefusedFiles#texts",
        "io.largesse.app.RefusedFiles#columnsAndSheets"
    })
    void aRefusedFileGrantsToNobodyAndSaysWhy(Refused refused) {
        var file = refused.file().in(folder, refused.name());

        var english = start(file, refused, "--lang", "en");
        assertNothingHappened(english);
        var grant = BOOKS.lastGrant();
        assertThat(lastLine(english.err()))
                .isEqualTo("grant " + grant + " was refused, and nobody got anything: " + refused.english());

        var chinese = start(file, refused, "--lang", "zh", "--json");
        assertNothingHappened(chinese);
        assertThat(BOOKS.lastGrant()).isGreaterThan(grant);
        assertThat(lastLine(chinese.err())).isEqualTo("发放任务 " + BOOKS.lastGrant() + " 被拒绝，没有人获得券：" + refused.chinese());
        assertThat(chinese.json().get("error").get("message").asString()).isEqualTo(refused.chinese());
        assertThat(chinese.json().get("issued").asInt()).isZero();
        assertThat(PROGRAM.run("grant", "show", Long.toString(grant), "--lang", "zh")
                        .out())
                .contains(refused.chinese());
    }

    private static Program.Answer start(Path file, Refused refused, String... more) {
        var words = Stream.of(Stream.of("grant", "start", campaign, file.toString()), Stream.of(refused.options()))
                .flatMap(s -> s);
        return PROGRAM.run(Stream.concat(words, Stream.of(more)).toArray(String[]::new));
    }

    private static void assertNothingHappened(Program.Answer answer) {
        assertThat(answer.code()).as("%s", answer).isEqualTo(3);
        for (var output : List.of(answer.out(), answer.err())) {
            assertThat(output).doesNotContain("\tat ", "Exception", "\u001B");
        }
        var grant = BOOKS.lastGrant();
        assertThat(BOOKS.stateOf(grant)).isEqualTo("REFUSED");
        assertThat(BOOKS.coupons(BOOKS.campaign(campaign))).isZero();
        assertThat(BOOKS.inPool(BOOKS.campaign(campaign))).isEqualTo(CODES);
        assertThat(BOOKS.recipients(grant)).isZero();
        assertThat(BOOKS.allotted(grant)).isZero();
        assertThat(BOOKS.stagingTables()).isEmpty();
        assertThat(BOOKS.workFiles()).isEmpty();
    }

    private static String lastLine(String lines) {
        return lines.strip().lines().reduce("", (before, line) -> line);
    }
}
