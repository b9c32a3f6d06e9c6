package io.largesse.readers;

import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens user lists: {@code .xlsx}, {@code .xlsm}, {@code .xls}, {@code .csv}, {@code .tsv}, {@code .txt}. */
public final class UserLists {

    private UserLists() {}

    /**
     * Opens a list and finds its sheet, header and column. A workbook with more than 64 MB of strings spills the rest to
     * a temporary file, which is gone when the reader is closed.
     *
     * @param file where the bytes are
     * @param fileName what the operator calls it; its extension counts
     * @param tempDir an existing directory for spilled data
     * @throws RefusedException if the file cannot be read as a list, in the operator's words
     * @throws UncheckedIOException if the disk fails, which is no fault of the list
     */
    public static UserListReader open(Path file, String fileName, ListOptions options, Path tempDir) {
        var origin = Origin.of(fileName);
        try {
            check(file, origin);
            return reading(source(file, origin, options, tempDir), options);
        } catch (RefusedException | UncheckedIOException e) {
            throw e;
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
            throw new UncheckedIOException(e);
        } catch (IOException | RuntimeException e) {
            throw origin.damaged(e);
        }
    }

    private static void check(Path file, Origin origin) throws IOException {
        var promised = FileKind.promised(origin);
        if (Files.size(file) == 0) {
            throw origin.refusal("readers.file.empty");
        }
        var kind = FileKind.of(file);
        if (kind == FileKind.ZIP) {
            ZipContent.checkIsWorkbook(file, origin);
        }
        if (kind == FileKind.OLE2) {
            XlsFile.checkIsWorkbook(file, origin);
        }
        if (kind != promised) {
            throw origin.refusal(kind.mismatch, origin.extension());
        }
    }

    private static RowSource source(Path file, Origin origin, ListOptions options, Path tempDir) throws IOException {
        return switch (FileKind.promised(origin)) {
            case ZIP -> XlsxSource.open(file, origin, options.sheet(), tempDir);
            case OLE2 -> XlsSource.open(file, origin, options.sheet());
            default -> TextSource.open(file, origin);
        };
    }

    private static UserListReader reading(RowSource source, ListOptions options) throws IOException {
        try {
            return new ListReading(source, options);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }
}
