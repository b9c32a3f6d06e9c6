package io.largesse.app.cli;

import java.io.Writer;
import java.util.function.Consumer;

/** Hands over what picocli writes as whole lines. */
final class LineWriter extends Writer {

    private final Consumer<String> lines;
    private final StringBuilder rest = new StringBuilder();

    LineWriter(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void write(char[] chars, int from, int count) {
        rest.append(chars, from, count);
        for (int end = rest.indexOf("\n"); end >= 0; end = rest.indexOf("\n")) {
            lines.accept(rest.substring(0, end).replace("\r", ""));
            rest.delete(0, end + 1);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        if (rest.length() > 0) {
            lines.accept(rest.toString());
            rest.setLength(0);
        }
    }
}
