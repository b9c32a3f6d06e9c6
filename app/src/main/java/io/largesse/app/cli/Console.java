package io.largesse.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * The one place that prints. Answers go to the standard output; progress, hints and errors to the error output. UTF-8,
 * whatever the locale. Thread safe: a redrawn line never gets between the lines of others.
 */
public final class Console {

    private static final int DEFAULT_COLUMNS = 80;

    private final PrintStream out;
    private final PrintStream err;
    private final boolean terminal;
    private final int columns;
    private boolean redrawing;

    /** @param terminal whether the error output is one, on which a line can be drawn again */
    public Console(PrintStream out, PrintStream err, boolean terminal, int columns) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
        this.columns = columns;
    }

    /** The launcher tells whether there is a terminal: Java itself cannot tell for the error output. */
    public static Console ofThisProcess() {
        return new Console(
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                Boolean.getBoolean("largesse.terminal"),
                Integer.getInteger("largesse.columns", DEFAULT_COLUMNS));
    }

    boolean isTerminal() {
        return terminal;
    }

    int columns() {
        return columns;
    }

    /** A line of an answer. */
    synchronized void line(String text) {
        wipe();
        out.println(text);
        out.flush();
    }

    /** A line beside the answer: progress, a hint, an error. */
    synchronized void note(String text) {
        wipe();
        err.println(text);
        err.flush();
    }

    /** Draws a line over the one that was drawn last; only for terminals. */
    synchronized void redraw(String text) {
        err.print("\r\u001B[2K" + text);
        err.flush();
        redrawing = true;
    }

    /** Removes what was drawn last. */
    synchronized void wipe() {
        if (redrawing) {
            err.print("\r\u001B[2K");
            err.flush();
            redrawing = false;
        }
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
