package io.largesse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void jsonKeepsItsOrderAndEscapesWhatItMust() {
        var json = Json.of("b", "a \"quote\"\n")
                .with("a", List.of(1, 2L))
                .with("none", null)
                .withId("id", 42);

        assertThat(json).hasToString("{\"b\":\"a \\\"quote\\\"\\n\",\"a\":[1,2],\"none\":null,\"id\":\"42\"}");
    }

    @Test
    void columnsLineUpAlsoBesideChinese() {
        var table = new Table(new Texts(Locale.ENGLISH), "app.label.title", "app.label.stock");
        table.row("夏天", 5L);
        table.row("sum\u0007", 12_000L);

        assertThat(table.lines()).containsExactly("title       stock", "夏天            5", "sum\\u0007  12,000");
    }

    @Test
    void durationsAreAsExactAsTheyAreLong() {
        assertThat(Texts.duration(Duration.ofMillis(840))).isEqualTo("0.8 s");
        assertThat(Texts.duration(Duration.ofSeconds(41))).isEqualTo("41 s");
        assertThat(Texts.duration(Duration.ofSeconds(125))).isEqualTo("2 min 05 s");
        assertThat(Texts.duration(Duration.ofMinutes(72))).isEqualTo("1 h 12 min");
    }

    @Test
    void wordsForTheShellAreQuotedIfTheyNeedIt() {
        assertThat(Session.quoted("a/b.xlsx")).isEqualTo("a/b.xlsx");
        assertThat(Session.quoted("it's here.xlsx")).isEqualTo("'it'\\''s here.xlsx'");
    }
}
