package io.largesse.readers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

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
        var wide = wide(head);
        if (wide != null) {
            return proven(wide, file, origin);
        }
        return starts(head, 0xEF, 0xBB, 0xBF)
                ? proven(new TextEncoding(StandardCharsets.UTF_8, 3), file, origin)
                : narrow(file, origin);
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

    /** UTF-16 by its mark; or without one, since the ASCII of a list's ids is zero in each second byte. */
    static @Nullable TextEncoding wide(byte[] head) {
        if (starts(head, 0xFF, 0xFE)) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 2);
        }
        if (starts(head, 0xFE, 0xFF)) {
            return new TextEncoding(StandardCharsets.UTF_16BE, 2);
        }
        var zeros = new int[2];
        for (var i = 0; i < head.length; i++) {
            zeros[i % 2] += head[i] == 0 ? 1 : 0;
        }
        if (zeros[1] > head.length / 10 && zeros[1] > 4 * zeros[0]) {
            return new TextEncoding(StandardCharsets.UTF_16LE, 0);
        }
        return zeros[0] > head.length / 10 && zeros[0] > 4 * zeros[1]
                ? new TextEncoding(StandardCharsets.UTF_16BE, 0)
                : null;
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
