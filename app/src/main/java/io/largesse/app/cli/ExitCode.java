package io.largesse.app.cli;

import java.util.Map;
import java.util.TreeMap;

/** What the process tells its caller by its exit code. */
final class ExitCode {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;
    static final int REFUSED = 3;
    static final int UNFINISHED = 4;

    private ExitCode() {}

    /** For the help of every command. */
    static Map<String, String> explained() {
        return new TreeMap<>(Map.of(
                "0", "done (rejected rows are counted, not an error)",
                "1", "failed; one line says why and names the log file",
                "2", "the command line was not understood; nothing was done",
                "3", "refused before anything was issued; the reason is printed",
                "4", "stopped or failed part-way; a restart goes on from there"));
    }
}
