package io.largesse.app;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import io.largesse.coupons.Printable;
import java.util.stream.Collectors;

/** A logged exception, each of its lines marked: data in its message cannot pass for a line of the log. */
public final class LogTrace extends ThrowableProxyConverter {

    private static final String MARK = "  | ";

    @Override
    public String convert(ILoggingEvent event) {
        return super.convert(event)
                .lines()
                .map(line -> MARK + Printable.of(line.replace("\t", "  ")) + System.lineSeparator())
                .collect(Collectors.joining());
    }
}
