package io.largesse.app.cli;

import io.largesse.coupons.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files that commands read and write, looked at before anything is started. */
final class Inputs {

    private Inputs() {}

    static void requireReadable(List<Path> files) {
        for (var file : files) {
            if (!Files.exists(file)) {
                throw RefusedException.of("app.file.missing", file);
            }
            if (!Files.isRegularFile(file)) {
                throw RefusedException.of("app.file.no-file", file);
            }
            if (!Files.isReadable(file)) {
                throw RefusedException.of("jobs.upload.unreadable", file);
            }
        }
    }

    static void requireNew(Path file, boolean mayReplace) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw RefusedException.of("app.file.no-folder", file);
        }
        if (Files.exists(file) && !mayReplace) {
            throw RefusedException.of("app.file.exists", file);
        }
    }
}
