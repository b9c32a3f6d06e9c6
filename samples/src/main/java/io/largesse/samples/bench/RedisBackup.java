package io.largesse.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** Redis' append-only files as they were once. */
record RedisBackup(Path data, Path copy) {

    static RedisBackup of(Path home) {
        try {
            var backup = new RedisBackup(
                    home.resolve("data").resolve("redis"), Files.createTempDirectory(home.resolve("tmp"), "redis-"));
            copy(backup.data, backup.copy);
            return backup;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only while Redis is stopped. */
    void restore() {
        try {
            try (var old = Files.walk(data)) {
                for (var path : old.sorted(Comparator.reverseOrder()).toList()) {
                    if (!path.equals(data)) {
                        Files.delete(path);
                    }
                }
            }
            copy(copy, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                var target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }
}
