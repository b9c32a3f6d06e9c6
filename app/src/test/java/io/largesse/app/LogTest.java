package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.junit.jupiter.api.Test;

/** What users typed cannot pass for a line of the log. */
class LogTest {

    private static final String FORGED = "x\n2026-11-23 INFO all is well\r\u001B[2J";

    @Test
    void aMessageIsOneLine() {
        assertThat(new LogLine().convert(event(null)))
                .isEqualTo("x\\u000A2026-11-23 INFO all is well\\u000D\\u001B[2J");
    }

    @Test
    void theLinesOfAnExceptionAreMarked() {
        var trace = new LogTrace();
        trace.start();

        var lines = trace.convert(event(new IllegalStateException(FORGED)));

        assertThat(lines.lines()).hasSizeGreaterThan(2).allMatch(line -> line.startsWith("  | "));
        assertThat(lines).doesNotContain("\u001B").doesNotContain("\r");
    }

    private static LoggingEvent event(@org.jspecify.annotations.Nullable Throwable thrown) {
        var logger = new LoggerContext().getLogger("test");
        return new LoggingEvent("test", logger, Level.INFO, FORGED, thrown, null);
    }
}
