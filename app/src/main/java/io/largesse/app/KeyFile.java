package io.largesse.app;

import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Set;

/**
 * The file of the secret keys of opaque codes. Losing it means that no opaque code can be read any more, so it is never
 * replaced once it is there.
 *
 * @param mayMake whether a first key is made if there is no file; a file that was named must be there
 */
record KeyFile(Path file, boolean mayMake) {

    /** Before any code, so that every date has a key. */
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

    private static final SecureRandom RANDOM = new SecureRandom();

    CodeKeys read() {
        try {
            if (mayMake && !Files.exists(file)) {
                make(
                        file,
                        "# Secret keys of opaque codes. Keep a copy: without it, codes cannot be read any more.\n"
                                + CodeKeys.newKeyLine(FIRST, RANDOM) + "\n");
            }
            return CodeKeys.parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw RefusedException.of("app.keys.missing", file);
        } catch (IOException e) {
            throw RefusedException.of("app.keys.unreadable", file, e.getClass().getSimpleName());
        }
    }

    /** Makes a file with a secret of 32 bytes, in base64, unless it is there. */
    static void makeSecret(Path file) {
        var secret = new byte[32];
        RANDOM.nextBytes(secret);
        try {
            if (!Files.exists(file)) {
                make(file, Base64.getEncoder().encodeToString(secret) + "\n");
            }
        } catch (IOException e) {
            throw RefusedException.of("app.keys.unreadable", file, e.getClass().getSimpleName());
        }
    }

    /** Several processes may get here at once, and threads of this one: they must end up with one key. */
    private static synchronized void make(Path file, String text) throws IOException {
        var folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var lock = folder.resolve(file.getFileName() + ".lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && !Files.exists(file)) {
                write(folder.resolve(file.getFileName() + ".new"), file, text);
            }
        }
    }

    private static void write(Path draft, Path file, String text) throws IOException {
        Files.deleteIfExists(draft);
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (var channel =
                FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
