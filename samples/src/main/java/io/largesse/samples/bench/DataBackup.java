package io.largesse.samples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;

/** The files of a server as they were once. */
record DataBackup(Path data, Path copy) {

    /** @param server the name of its folder, postgres or redis */
    static DataBackup of(Path home, String server) {
        try {
            var backup = new DataBackup(
                    home.resolve("data").resolve(server),
                    Files.createTempDirectory(home.resolve("tmp"), server + "-").resolve("data"));
            copy(backup.data, backup.copy);
            return backup;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Only while the server is stopped. */
    void restore() {
        try {
            try (var old = Files.walk(data)) {
                for (var path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
            copy(copy, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With owners and modes: PostgreSQL refuses a folder that others may read. */
    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (var path : paths.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
