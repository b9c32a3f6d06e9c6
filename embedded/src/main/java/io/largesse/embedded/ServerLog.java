package io.largesse.embedded;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The log file that a server appends to. */
record ServerLog(Path file) {
    private static final long BOUND = 8L << 20;
    private static final int TAIL = 4_000;
    private static final Pattern COMPLAINT = Pattern.compile("FATAL|PANIC|ERROR|error:|HINT|# ");

    long size() {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** The complaints among what was written since the log had that size; all of it if there are none. */
    String complaints(long size) {
        var written = since(size);
        var complaints =
                written.lines().filter(line -> COMPLAINT.matcher(line).find()).collect(Collectors.joining("; "));
        return complaints.isEmpty() ? written : complaints;
    }

    /** What was written since the log had that size, at most the last 4,000 bytes. */
    String since(long size) {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(log.length() < size ? 0 : size, log.length() - TAIL);
            log.seek(from);
            var bytes = new byte[(int) (log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /** Keeps the log within bounds: one older part beside it. The servers append, so they go on at the new end. */
    void bound() throws IOException {
        if (size() > BOUND) {
            Files.copy(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            try (var log = new RandomAccessFile(file.toFile(), "rw")) {
                log.setLength(0);
            }
        }
    }
}
