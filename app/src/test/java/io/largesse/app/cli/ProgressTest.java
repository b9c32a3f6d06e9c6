package io.largesse.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunProgress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final Texts english = new Texts(Locale.ENGLISH);
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Ticking clock = new Ticking();

    @Test
    void aLineSaysHowFarHowFastAndHowLongYet() {
        var line = new ProgressLine(english);
        line.of(issue(0), NOON);

        assertThat(line.of(issue(412_000), NOON.plusSeconds(10)))
                .isEqualTo("issuing coupons  412,000 of 1,000,000  41 %  41,200/s  14 s left  3 of 16 parts");
    }

    @Test
    void rowsThatOthersHaveDoneAreNotOfThisRate() {
        var line = new ProgressLine(english);
        line.of(issue(900_000), NOON);

        assertThat(line.of(issue(910_000), NOON.plusSeconds(10))).contains("1,000/s", "1 min 30 s left");
    }

    @Test
    void whatNobodyKnowsIsLeftOut() {
        var line = new ProgressLine(english);

        assertThat(line.of(new RunProgress("stage", 5_000, 0, 0, 0, NOON), NOON))
                .isEqualTo("reading the list  5,000 done");
        assertThat(line.of(new RunProgress("polish", 0, 0, 0, 0, NOON), NOON)).isEqualTo("polish");
    }

    @Test
    void withoutATerminalThereIsALineEveryFiveSecondsAtMost() {
        var printer = printer(false, 80);
        for (int tenth = 0; tenth <= 120; tenth++) {
            clock.now = NOON.plusMillis(tenth * 100L);
            printer.accept(issue(tenth * 1000L));
        }
        printer.end();

        assertThat(text().lines())
                .hasSize(4)
                .startsWith("issuing coupons …")
                .last()
                .isEqualTo("issuing coupons: 120,000 in 12 s");
        assertThat(text()).doesNotContain("\r");
        assertThat(printer.phases()).containsOnlyKeys("issue");
    }

    @Test
    void onATerminalOneLineIsDrawnAgainAndNeverWraps() {
        var printer = printer(true, 40);
        printer.accept(issue(0));
        clock.now = NOON.plusSeconds(2);
        printer.accept(issue(50_000));

        var drawn = text().split("\r\u001B\\[2K");
        assertThat(drawn[drawn.length - 1]).startsWith("issuing coupons").hasSizeLessThan(40);
        assertThat(text()).doesNotContain("\n");
    }

    private ProgressPrinter printer(boolean terminal, int columns) {
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new ProgressPrinter(new Console(stream, stream, terminal, columns), english, clock);
    }

    private static RunProgress issue(long done) {
        return new RunProgress("issue", done, 1_000_000, 3, 16, NOON);
    }

    private String text() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static final class Ticking extends Clock {
        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
