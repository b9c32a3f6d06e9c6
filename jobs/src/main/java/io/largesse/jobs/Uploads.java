package io.largesse.jobs;

import io.largesse.coupons.GrantSource;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.OldLists;
import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;

/** Puts the files of a grant into the object store, under the hash of their content. */
@Component
class Uploads {

    private final ObjectStore store;
    private final OldLists uploads;
    private final WorkFolder folder;

    Uploads(ObjectStore store, OldLists uploads, WorkFolder folder) {
        this.store = store;
        this.uploads = uploads;
        this.folder = folder;
    }

    /** A source for each file and sheet. Their grant ids are yet to be given. */
    List<GrantSource> receive(GrantRequest request) {
        if (request.files().isEmpty()) {
            throw RefusedException.of("jobs.upload.none");
        }
        folder.cleanAfterTheDead();
        var sources = new ArrayList<GrantSource>();
        for (var file : request.files()) {
            requireReadable(file);
            var stored = store(file);
            if (request.sheets().isEmpty()) {
                sources.add(source(sources, file, stored, null, request.column()));
            }
            for (var sheet : request.sheets()) {
                sources.add(source(sources, file, stored, sheet, request.column()));
            }
        }
        return sources;
    }

    private static GrantSource source(
            List<GrantSource> before,
            Path file,
            Stored stored,
            @org.jspecify.annotations.Nullable String sheet,
            @org.jspecify.annotations.Nullable String column) {
        var name = String.valueOf(file.getFileName());
        return GrantSource.fresh(before.size() + 1, name, stored.sha256, stored.bytes, stored.key, sheet, column);
    }

    private static void requireReadable(Path file) {
        if (!Files.exists(file)) {
            throw RefusedException.of("jobs.upload.missing", file);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw RefusedException.of("jobs.upload.unreadable", file);
        }
    }

    /** Copies first, so that a file that changes meanwhile cannot be stored under the hash of another content. */
    private Stored store(Path file) {
        try {
            var before = look(file);
            var copy = folder.make("upload", null, ".tmp");
            try {
                var sha256 = MessageDigest.getInstance("SHA-256");
                try (var out = new DigestOutputStream(Files.newOutputStream(copy), sha256)) {
                    Files.copy(file, out);
                }
                if (!look(file).equals(before)) {
                    throw RefusedException.of("jobs.upload.changed", file);
                }
                return keep(copy, HexFormat.of().formatHex(sha256.digest()));
            } finally {
                folder.remove(copy);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Stores a file that nobody else writes to, as a source.
     *
     * @param name by which its sender knows it
     */
    GrantSource receive(Path file, String name) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            var stored =
                    keep(file, HexFormat.of().formatHex(in.getMessageDigest().digest()));
            return GrantSource.fresh(1, name, stored.sha256, stored.bytes, stored.key, null, null);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stored keep(Path file, String sha256) throws IOException {
        uploads.stored(key(sha256)); // first: whoever removes it waits, or has removed it before it is stored again
        store.putOnce(key(sha256), file);
        return new Stored(sha256, Files.size(file), key(sha256));
    }

    /** Where a file stands in the object store. */
    static String key(String sha256) {
        return "uploads/" + sha256;
    }

    private static Look look(Path file) throws IOException {
        try {
            return new Look(Files.size(file), Files.getLastModifiedTime(file));
        } catch (NoSuchFileException e) {
            throw RefusedException.of("jobs.upload.missing", file);
        }
    }

    /** What tells that a file was written to: half a list must not pass for a list. */
    private record Look(long bytes, FileTime modified) {}

    private record Stored(String sha256, long bytes, String key) {}
}
