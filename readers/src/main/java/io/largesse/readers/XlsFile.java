package io.largesse.readers;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.poi.hssf.record.RecordFactoryInputStream;
import org.apache.poi.poifs.filesystem.DirectoryNode;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;

/** An OLE2 container, which may or may not be an {@code .xls}. */
final class XlsFile implements Closeable {

    /** 65,536 rows are all that the format has; more than this is pictures or malice. */
    private static final long LARGEST = 64L << 20;

    private static final String WORKBOOK = "Workbook";

    private final POIFSFileSystem container;

    private XlsFile(POIFSFileSystem container) {
        this.container = container;
    }

    static XlsFile open(Path file, Origin origin) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw origin.refusal("readers.file.too-large", LARGEST >> 20);
        }
        return new XlsFile(new POIFSFileSystem(file.toFile(), true));
    }

    static void checkIsWorkbook(Path file, Origin origin) throws IOException {
        try (var xls = open(file, origin)) {
            var root = xls.container.getRoot();
            if (has(root, "EncryptedPackage")) {
                throw origin.refusal("readers.file.password");
            }
            if (!has(root, WORKBOOK)) {
                throw origin.refusal(has(root, "Book") ? "readers.file.old-excel" : "readers.file.really-document");
            }
        }
    }

    /** The records of the workbook, or of a sheet, from the given byte of the stream on. */
    RecordFactoryInputStream records(int from) throws IOException {
        return new RecordFactoryInputStream(stream(from), false);
    }

    /** Refuses more shared strings than POI can be trusted with. */
    void checkStrings(Origin origin) throws IOException {
        try (var in = new BufferedInputStream(stream(0))) {
            XlsStringTable.check(in, origin);
        }
    }

    private InputStream stream(int from) throws IOException {
        var in = container.createDocumentInputStream(WORKBOOK);
        in.skipNBytes(from);
        return in;
    }

    private static boolean has(DirectoryNode root, String name) {
        return root.getEntryNames().stream().anyMatch(n -> n.equalsIgnoreCase(name));
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
