package io.largesse.app;

import static io.largesse.app.BadFiles.bomb;
import static io.largesse.app.BadFiles.inline;
import static io.largesse.app.BadFiles.row;
import static io.largesse.app.BadFiles.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.app.BadFiles.Maker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest files, in a process whose heap could hold none of them: its application alone takes 40 MB of it. One process
 * for all of them, since most of its time is its start.
 */
@Timeout(600)
class SmallHeapTest {

    private static final List<String> SMALL_HEAP =
            List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=4");
    private static final int MOST_ROWS = 1_048_576;

    private final Program program = Program.shared();
    private final Books books = new Books(program);
    private final List<String> commands = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    @TempDir
    Path folder;

    @Test
    void memoryStaysBoundedWhateverIsUploaded() throws Exception {
        var campaign = new Sample(program).campaign(1000);
        var report = folder.resolve("rejects.xlsx");

        check(campaign, "line.csv", line(128 << 20), "3", "line.csv has a line of more than 4,194,304 characters");
        check(
                campaign,
                "bomb.xlsx",
                bomb("<worksheet><sheetData><row>", "<c><v>1</v></c>", 4_000_000),
                "3",
                "bomb.xlsx [Users] has more rows or columns than a sheet can have (1,048,576 and 16,384)");
        check(campaign, "cells.xlsx", hugeCells(1_500), "0", "");
        check(
                campaign,
                "bad.xlsx",
                rows(MOST_ROWS, i -> row("u " + i)),
                "3",
                "nobody is left to receive a coupon: 1048576 rows were read, 1048576 rejected");
        command("0", "", "grant", "report", CommandsMain.LAST_GRANT, "--to", report.toString(), "--lang", "zh");

        assertAnswered(run());
        assertThat(books.grantsOf(books.campaign(campaign)).stream().map(books::recipients))
                .containsExactly(0L, 0L, 1_500L, 0L);
        assertThat(books.coupons(books.campaign(campaign))).isZero();
        assertThat(Files.size(report)).isLessThan(64 << 20);
        try (var zip = new ZipFile(report.toFile())) {
            assertThat(zip.getEntry("xl/worksheets/sheet3.xml"))
                    .as("its last row")
                    .isNotNull();
        }
        assertThat(books.stagingTables()).isEmpty();
        assertThat(books.workFiles()).isEmpty();
    }

    /** Every other column is as full as a cell can be. */
    private static Maker hugeCells(int count) {
        var note = inline("x".repeat(32_000));
        var others = inline("y".repeat(1_000)).repeat(97);
        var header = "<row>" + inline("user_id") + inline("note").repeat(98) + "</row>";
        return rows(
                count + 1, i -> i == 1 ? header : "<row>" + inline("U%06d".formatted(i)) + note + others + "</row>");
    }

    /** A list without line ends. */
    private static Maker line(long bytes) {
        return out -> {
            var block = "U000001,".repeat(1 << 17).getBytes(StandardCharsets.US_ASCII);
            for (var written = 0L; written < bytes; written += block.length) {
                out.write(block);
            }
        };
    }

    private void check(String campaign, String name, Maker file, String code, String answer) {
        var path = file.in(folder, name).toString();
        command(code, answer, "grant", "start", campaign, path, "--max-rejects", "100", "--dry-run", "--lang", "en");
    }

    private void command(String code, String answer, String... words) {
        commands.add(String.join("\t", words));
        answers.add(code + "\t" + answer);
    }

    private List<String> run() throws Exception {
        var script = Files.write(folder.resolve("commands"), commands).toString();
        var home = program.home().toString();
        try (var child = Child.start(CommandsMain.class, Map.of(), SMALL_HEAP, home, script)) {
            assertThat(child.exitCode(Duration.ofSeconds(480)))
                    .as(Files.readString(child.out()))
                    .isZero();
            return Files.readAllLines(child.out());
        }
    }

    private void assertAnswered(List<String> lines) {
        assertThat(lines).hasSameSizeAs(answers);
        for (var i = 0; i < lines.size(); i++) {
            var words = answers.get(i).split("\t", -1);
            assertThat(lines.get(i)).startsWith(words[0] + "\t").contains(words[1]);
        }
    }
}
