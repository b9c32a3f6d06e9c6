package io.largesse.readers;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.largesse.coupons.RefusedException;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Comma, semicolon, tab or pipe separated text, by RFC 4180 with any line ends. */
final class TextSource implements RowSource {

    static final int LONGEST_FIELD = 1024 * 1024;
    static final int LONGEST_RECORD = 4 * 1024 * 1024;

    private static final int SAMPLE = 64 * 1024;

    private final Origin origin;
    private final long size;
    private final CountedStream bytes;
    private final TextRecords records;
    private final CsvReader<RawRow> csv;
    private final CloseableIterator<RawRow> rows;

    private TextSource(Origin origin, long size, CountedStream bytes, Reader text) throws IOException {
        this.origin = origin;
        this.size = size;
        this.bytes = bytes;
        var sample = new char[SAMPLE];
        var length = readFully(text, sample);
        var delimiter = Delimiter.of(java.nio.CharBuffer.wrap(sample, 0, length), origin.extension());
        records = new TextRecords(origin);
        csv = CsvReader.builder()
                .fieldSeparator(delimiter)
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(false)
                .allowUnclosedQuote(false)
                .maxBufferSize(LONGEST_FIELD)
                .build(records, new Rejoined(new CharArrayReader(sample, 0, length), text));
        rows = csv.iterator();
    }

    static TextSource open(Path file, Origin origin) throws IOException {
        var encoding = TextEncoding.of(file, origin);
        var bytes = new CountedStream(Files.newInputStream(file));
        try {
            return new TextSource(origin, Files.size(file), bytes, encoding.open(bytes));
        } catch (IOException | RuntimeException e) {
            bytes.close();
            throw e;
        }
    }

    @Override
    public boolean next(RawRow row) throws IOException {
        records.fill(row);
        try {
            if (!rows.hasNext()) {
                return false;
            }
            rows.next();
            return true;
        } catch (CsvParseException e) {
            throw refusal(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw origin.damaged(e);
            }
            throw e;
        }
    }

    /** The parser knows these troubles apart by its words only; each names the row where the record started. */
    private RefusedException refusal(CsvParseException e) {
        if (e.getCause() instanceof RefusedException refused) {
            return refused;
        }
        var words = String.valueOf(e.getMessage())
                + (e.getCause() == null ? "" : e.getCause().getMessage());
        var code = words.contains("buffer") ? "readers.text.field" : "readers.text.quote";
        var refusal = origin.refusal(code, records.line());
        refusal.initCause(e);
        return refusal;
    }

    @Override
    public double share() {
        return (double) bytes.count() / size;
    }

    @Override
    public boolean isDelimited() {
        return true;
    }

    @Override
    public Origin origin() {
        return origin;
    }

    @Override
    public void close() throws IOException {
        csv.close();
        bytes.close();
    }

    private static int readFully(Reader text, char[] sample) throws IOException {
        var length = 0;
        for (int n; length < sample.length && (n = text.read(sample, length, sample.length - length)) > 0; ) {
            length += n;
        }
        return length;
    }

    /** The sample that was looked at, and what follows it. */
    private static final class Rejoined extends Reader {

        private final Reader sample;
        private final Reader rest;

        Rejoined(Reader sample, Reader rest) {
            this.sample = sample;
            this.rest = rest;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            var n = sample.read(buffer, offset, length);
            return n > 0 ? n : rest.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            rest.close();
        }
    }
}
