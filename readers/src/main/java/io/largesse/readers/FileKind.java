package io.largesse.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What a file really is, by its first bytes, whatever it is called. */
enum FileKind {
    TEXT("readers.file.really-text"),
    ZIP("readers.file.really-xlsx"),
    OLE2("readers.file.really-xls"),
    OLD_EXCEL("readers.file.old-excel"),
    HTML("readers.file.really-html"),
    XML("readers.file.really-xml"),
    PDF("readers.file.really-pdf"),
    OTHER("readers.file.really-other");

    /** The refusal of a file that is called something else. */
    final String mismatch;

    FileKind(String mismatch) {
        this.mismatch = mismatch;
    }

    /** What the extension promises; refuses one that no reader is for. */
    static FileKind promised(Origin origin) {
        return switch (origin.extension()) {
            case "xlsx", "xlsm" -> ZIP;
            case "xls" -> OLE2;
            case "csv", "tsv", "txt" -> TEXT;
            case "ods" -> throw origin.refusal("readers.file.really-ods");
            case "xlsb" -> throw origin.refusal("readers.file.really-xlsb");
            default -> throw origin.refusal("readers.file.extension", origin.extension());
        };
    }

    static FileKind of(Path file) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(512);
        }
        if (starts(head, 'P', 'K', 3, 4) || starts(head, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (starts(head, 0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1)) {
            return OLE2;
        }
        if (starts(head, 0x09, 0x08) || starts(head, 0x09, 0x04) || starts(head, 0x09, 0x02) || starts(head, 9, 0)) {
            return head.length > 3 && head[3] == 0 && head[2] < 32 ? OLD_EXCEL : TEXT; // a tab, then a record's length
        }
        if (starts(head, '%', 'P', 'D', 'F')) {
            return PDF;
        }
        if (starts(head, 0x1F, 0x8B) || starts(head, 'R', 'a', 'r', '!') || starts(head, '7', 'z', 0xBC, 0xAF)) {
            return OTHER;
        }
        return ofText(head);
    }

    private static FileKind ofText(byte[] head) {
        var text = new String(head, StandardCharsets.ISO_8859_1).replace("\0", "");
        var start = text.replaceFirst("^(\u00EF\u00BB\u00BF|\u00FF\u00FE|\u00FE\u00FF)?\\s*", "")
                .toLowerCase(Locale.ROOT);
        if (start.startsWith("<?xml") && !start.contains("<html")) {
            return XML;
        }
        if (start.startsWith("{\\rtf")) {
            return OTHER;
        }
        return start.startsWith("<")
                        && start.matches("(?s)<(\\?xml|!doctype html|html|head|body|meta|table|style|div).*")
                ? HTML
                : binary(head) ? OTHER : TEXT;
    }

    /** Zeros are text only in UTF-16. */
    private static boolean binary(byte[] head) {
        for (var b : head) {
            if (b == 0) {
                return TextEncoding.wide(head) == null;
            }
        }
        return false;
    }

    private static boolean starts(byte[] head, int... magic) {
        for (var i = 0; i < magic.length; i++) {
            if (head.length <= i || (head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
