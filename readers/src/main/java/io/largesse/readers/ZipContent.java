package io.largesse.readers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a zipped workbook. No part is unpacked beyond a bound, whatever it claims to be; bounds are of this file
 * alone and not of the JVM.
 */
final class ZipContent implements java.io.Closeable {

    /** 1,048,576 rows of 100 cells of 40 bytes. */
    static final long LARGEST_PART = 4L << 30;

    /** Everything but sheets and shared strings is read as a whole. */
    private static final long LARGEST_SMALL_PART = 64L << 20;

    private final ZipFile zip;
    private final Origin origin;

    private ZipContent(ZipFile zip, Origin origin) {
        this.zip = zip;
        this.origin = origin;
    }

    static ZipContent open(Path file, Origin origin) throws IOException {
        ZipDirectory.check(file, origin);
        try {
            return new ZipContent(new ZipFile(file.toFile(), ZipFile.OPEN_READ, StandardCharsets.UTF_8), origin);
        } catch (ZipException e) {
            throw origin.damaged(e);
        }
    }

    /** Tells workbooks from the many other things that are zips inside. */
    static void checkIsWorkbook(Path file, Origin origin) throws IOException {
        try (var content = open(file, origin)) {
            if (content.has("xl/workbook.bin")) {
                throw origin.refusal("readers.file.really-xlsb");
            }
            if (content.has("mimetype") && content.text("mimetype").contains("opendocument.spreadsheet")) {
                throw origin.refusal("readers.file.really-ods");
            }
            if (content.has("word/document.xml") || content.has("ppt/presentation.xml")) {
                throw origin.refusal("readers.file.really-document");
            }
            if (!content.has("[Content_Types].xml") || !content.has("_rels/.rels")) {
                throw origin.refusal("readers.file.really-zip");
            }
        }
    }

    boolean has(String part) {
        return entry(part) != null;
    }

    /** The part's claimed size, for the progress bar only. */
    long size(String part) {
        var entry = entry(part);
        return entry == null ? 0 : entry.getSize();
    }

    /** A sheet or the shared strings. */
    InputStream large(String part) throws IOException {
        return bounded(part, LARGEST_PART);
    }

    InputStream small(String part) throws IOException {
        return bounded(part, LARGEST_SMALL_PART);
    }

    private InputStream bounded(String part, long bound) throws IOException {
        var entry = entry(part);
        if (entry == null) {
            throw origin.damaged(null);
        }
        return new GuardedStream(zip.getInputStream(entry), bound, origin);
    }

    private String text(String part) throws IOException {
        try (var in = small(part)) {
            return new String(in.readNBytes(1000), StandardCharsets.UTF_8);
        }
    }

    private @Nullable ZipEntry entry(String part) {
        var entry = zip.getEntry(part);
        return entry != null ? entry : zip.getEntry(part.replace('/', '\\'));
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
