package io.largesse.readers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The character set of a text file, found by decoding all of it strictly: a large list can be ASCII for its first
 * megabytes and Chinese in its last row.
 *
 * @param mark how many bytes of a byte order mark to skip
 */
record TextEncoding(Charset charset, int mark) {

    private static final Charset GB18030 = Charset.forName("GB18030");

    /** More continuation bytes than GB18030 text shows by chance before a strict UTF-8 decoder stumbles. */
    private static final int SURELY_UTF_8 = 20;

    /** Opens the text; malformed bytes are an error and never a question mark. */
    Reader open(InputStream bytes) throws IOException {
        bytes.skipNBytes(mark);
        return new InputStreamReader(bytes, charset.newDecoder());
    }

    static TextEncoding of(Path file, Origin origin) throws IOException {
        byte[] head;
        try (var in = Files.newInputStream(file)) {
            head = in.readNBytes(4096);
        }
        var marked = byMark(head);
        if (marked != null) {
            return proven(marked, file, origin);
        }
        var wide = byZeros(head);
        if (wide != null) {
            return proven(wide, file, origin);
        }
        return narrow(file, origin);
    }

    private static TextEncoding narrow(Path file, Origin origin) throws IOException {
        var utf8 = new TextEncoding(StandardCharsets.UTF_8, 0);
        var trial = StrictTrial.of(utf8, file, origin);
        if (trial.passed()) {
            return utf8;
        }
        if (trial.continuationBytes() > SURELY_UTF_8) {
            throw origin.refusal("readers.text.encoding", trial.line(file, utf8));
        }
        return proven(new TextEncoding(GB18030, 0), file, origin);
    }

    private static TextEncoding proven(TextEncoding encoding, Path file, Origin origin) throws IOException {
        var trial = StrictTrial.of(encoding, file, origin);
        if (!trial.passed()) {
            throw origin.refusal("readers.text.encoding", trial.line(file, encoding));
        }
        return encoding;
    }

    private static @org.jspecify.annotations.Nullable TextEncoding byMark(byte[] head) {
        if (starts(head, 0xEF, 0xBB, 0xBF)) {
            return new TextEncoding(StandardCharsets.UTF_8, 3);
        }
        if (starts(head, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        return starts(head, 0xFE, 0xFF) ? new TextEncoding(StandardCharsets.UTF_16BE, 2) : null;
    }

    /** UTF-16 without a mark: an ASCII line, as every list has, is zero in each second byte. */
    private static @org.jspecify.annotations.Nullable TextEncoding byZeros(byte[] head) {
        var zeros = new int[2];
        for (var i = 0; i < head.length; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        var many = Math.max(1, head.length / 8);
        if (zeros[1] >= many && zeros[0] == 0) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 0);
        }
        return zeros[0] >= many && zeros[1] == 0 ? new TextEncoding(StandardCharsets.UTF_16BE, 0) : null;
    }

    private static boolean starts(byte[] head, int... mark) {
        for (var i = 0; i < mark.length; i++) {
            if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
                return false;
            }
        }
        return true;
    }
}
