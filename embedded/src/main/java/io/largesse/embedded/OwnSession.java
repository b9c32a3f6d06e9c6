package io.largesse.embedded;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A session of its own for a process: it gets no signals from a terminal, and Linux, which shares the processors among
 * sessions first, gives it a share of its own.
 */
final class OwnSession {

    private OwnSession() {}

    /** What to begin a command with; empty where there is no setsid. It replaces itself, so the process id stays. */
    static List<String> prefix() {
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        var there = Arrays.stream(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));
        return there ? List.of("setsid") : List.of();
    }
}
