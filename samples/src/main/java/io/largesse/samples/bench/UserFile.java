package io.largesse.samples.bench;

import io.largesse.app.demo.UserSheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lists of distinct users in no order, as files of the formats that operators send. */
final class UserFile {

    /** A prime beyond any list: multiples of the step visit each number below it once. */
    static final long USERS = 20_000_003;

    static final long STEP = 7_368_787;

    private static final int ROWS_OF_A_SHEET = 1_000_000;

    private UserFile() {}

    /** The n-th user of the list. */
    private static String user(long n) {
        return String.format("U%08d", n * STEP % USERS);
    }

    static List<Path> write(Path folder, String format, long rows) throws IOException {
        Files.createDirectories(folder);
        if (format.equals("csv")) {
            return List.of(csv(folder.resolve("users-" + rows + ".csv"), rows));
        }
        var files = new ArrayList<Path>();
        for (long from = 0; from < rows; from += ROWS_OF_A_SHEET) {
            var file = folder.resolve("users-" + rows + "-" + files.size() + ".xlsx");
            files.add(xlsx(file, from, Math.min(rows, from + ROWS_OF_A_SHEET)));
        }
        return files;
    }

    private static Path csv(Path file, long rows) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            out.write("user_id,name\n");
            for (long n = 0; n < rows; n++) {
                out.write(user(n) + ",Customer " + n + "\n");
            }
        }
        return file;
    }

    private static Path xlsx(Path file, long from, long to) throws IOException {
        try (var sheet = new UserSheet(file)) {
            sheet.texts("user_id", "name");
            for (long n = from; n < to; n++) {
                sheet.texts(user(n), "Customer " + n);
            }
        }
        return file;
    }
}
