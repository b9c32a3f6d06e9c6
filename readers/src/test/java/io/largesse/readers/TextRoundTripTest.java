package io.largesse.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written by the rules is read back, with the lines in which rows start; seeds make failures repeatable. */
class TextRoundTripTest {

    private static final String[] PIECES = {"a", "7", " ", ",", ";", "|", "\t", "\"", "\n", "\r\n", "王", "é", "😀", "'"
    };
    private static final String[] CHARSETS = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"};

    @TempDir
    Path dir;

    @Test
    void randomListsSurvive() {
        for (var seed = 0; seed < 400; seed++) {
            roundTrip(new Random(seed), "seed " + seed);
        }
    }

    private void roundTrip(Random random, String name) {
        var delimiter = ",;\t|".charAt(random.nextInt(4));
        var end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
        var columns = 1 + random.nextInt(4);
        var text = new StringBuilder(header(columns, delimiter)).append(end);
        var expected = new ArrayList<ListedRow>();
        for (var i = 0; i < 1 + random.nextInt(30); i++) {
            var line = 1 + lines(text.toString());
            var cells = cells(random, columns, i);
            expected.add(new ListedRow.Accepted(line, "u" + i, cells));
            for (var c = 0; c < columns; c++) {
                text.append(c == 0 ? "" : delimiter).append(quoted(cells.get(c), delimiter, random));
            }
            text.append(end);
        }
        var charset = Charset.forName(CHARSETS[random.nextInt(CHARSETS.length)]);
        var mark = charset.name().startsWith("UTF") && random.nextBoolean() ? "\uFEFF" : "";

        var corpus = new Corpus(dir);
        var list = corpus.read(corpus.write("users.csv", (mark + text).getBytes(charset)));

        assertThat(list.rows()).as(name).isEqualTo(expected);
    }

    private static String header(int columns, char delimiter) {
        var header = new StringBuilder("user_id");
        for (var c = 1; c < columns; c++) {
            header.append(delimiter).append("column ").append(c);
        }
        return header.toString();
    }

    private static List<String> cells(Random random, int columns, int row) {
        var cells = new ArrayList<>(List.of("u" + row));
        for (var c = 1; c < columns; c++) {
            var cell = new StringBuilder("x");
            for (var n = random.nextInt(6); n > 0; n--) {
                cell.append(PIECES[random.nextInt(PIECES.length)]);
            }
            cells.add(cell.toString());
        }
        return cells;
    }

    private static String quoted(String cell, char delimiter, Random random) {
        var needed = cell.chars().anyMatch(c -> c == delimiter || c == '"' || c == '\n' || c == '\r');
        return needed || random.nextInt(4) == 0 ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }

    private static int lines(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[^\n]", "")
                .length();
    }
}
