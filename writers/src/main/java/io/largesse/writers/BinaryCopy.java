package io.largesse.writers;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows on their way into one table by {@code COPY … FROM STDIN (FORMAT BINARY)}, the fastest way into PostgreSQL.
 *
 * <pre>{@code
 * try (var copy = BinaryCopy.into(connection, "recipient", "grant_id", "seq", "user_id")) {
 *     for (var r : recipients) {
 *         copy.row().int8(r.grantId()).int4(r.seq()).text(r.userId());
 *     }
 *     long rows = copy.finish();
 * }
 * }</pre>
 *
 * <p>The values of a row are given in the order of the columns, each by the method of its column's type: PostgreSQL
 * converts nothing in binary COPY, an {@code int4} sent to a bigint column fails with SQLState 08P01 or 22P03. A value of
 * null is a NULL.
 *
 * <p>The copy belongs to the connection's transaction, and nothing else may use the connection until {@link #finish} or
 * {@link #close}. Errors of rows (a unique violation, a check) surface in a row method or in {@code finish}, as a
 * {@link SQLException}; the transaction is then aborted as PostgreSQL does it, so take a savepoint first to go on.
 *
 * <p>Memory: 64 KB, whatever the number of rows; a slow server slows the caller down (the socket blocks). Not for use by
 * several threads.
 */
public final class BinaryCopy implements AutoCloseable {

    private static final byte[] HEADER = {
        'P',
        'G',
        'C',
        'O',
        'P',
        'Y',
        '\n',
        (byte) 0xFF,
        '\r',
        '\n',
        0, /* flags */
        0,
        0,
        0,
        0, /* extension */
        0,
        0,
        0,
        0
    };
    private static final short TRAILER = -1;
    private static final int NULL = -1;
    private static final int OID_OF_TEXT = 25;

    /** PostgreSQL counts microseconds from 2000-01-01T00:00Z. */
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    private final CopyIn server;
    private final CopyBuffer buffer;
    private final String table;
    private final List<String> columns;
    private final Supplier<String> where = this::position;
    private long rows;
    private int missing;

    private BinaryCopy(CopyIn server, String table, List<String> columns) throws SQLException {
        this.server = server;
        this.buffer = new CopyBuffer(server::writeToCopy);
        this.table = table;
        this.columns = columns;
        buffer.bytes(HEADER);
    }

    /**
     * Starts a COPY on the connection, which may be a pool's or a transaction's wrapper of a PostgreSQL connection.
     *
     * @param table its name in the search path, without quotes or schema
     * @param columns at least one; columns not named get their defaults
     * @throws SQLException if the table or a column is unknown, or the connection is none of PostgreSQL
     */
    public static BinaryCopy into(Connection connection, String table, String... columns) throws SQLException {
        if (columns.length == 0) {
            throw new IllegalArgumentException("a COPY into " + table + " needs the names of its columns");
        }
        var sql = Arrays.stream(columns)
                .map(BinaryCopy::quoted)
                .collect(Collectors.joining(", ", "COPY " + quoted(table) + " (", ") FROM STDIN (FORMAT BINARY)"));
        var server = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        return new BinaryCopy(server, table, List.of(columns));
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Begins the next row. The one before must have a value for every column. */
    public BinaryCopy row() throws SQLException {
        requireWholeRow();
        buffer.int2((short) columns.size());
        missing = columns.size();
        rows++;
        return this;
    }

    public BinaryCopy int2(int value) throws SQLException {
        if (value != (short) value) {
            throw new IllegalArgumentException(position() + ": " + value + " does not fit a smallint");
        }
        field(Short.BYTES);
        buffer.int2((short) value);
        return this;
    }

    public BinaryCopy int4(int value) throws SQLException {
        field(Integer.BYTES);
        buffer.int4(value);
        return this;
    }

    public BinaryCopy int8(long value) throws SQLException {
        field(Long.BYTES);
        buffer.int8(value);
        return this;
    }

    public BinaryCopy bool(boolean value) throws SQLException {
        field(1);
        buffer.int1(value ? 1 : 0);
        return this;
    }

    /**
     * A value of a text, varchar or enum column.
     *
     * @throws IllegalArgumentException if PostgreSQL could not store it: it contains NUL or half a surrogate pair.
     *     Nothing was written then; another value may be given in its place.
     */
    public BinaryCopy text(@Nullable String value) throws SQLException {
        if (value == null) {
            return nul();
        }
        int length = Utf8.length(value, where);
        field(length);
        buffer.text(value, length);
        return this;
    }

    /** The name of a Java enum's constant, for a text or enum column. */
    public BinaryCopy text(@Nullable Enum<?> value) throws SQLException {
        return text(value == null ? null : value.name());
    }

    /** An instant, cut to the whole microsecond before it. */
    public BinaryCopy timestamptz(@Nullable Instant value) throws SQLException {
        if (value == null) {
            return nul();
        }
        var micros = Math.addExact(Math.multiplyExact(value.getEpochSecond(), 1_000_000L), value.getNano() / 1_000);
        return timestamptzMicros(micros);
    }

    /** An instant as microseconds since 1970-01-01T00:00Z, for callers that have many rows of one instant. */
    public BinaryCopy timestamptzMicros(long microsSince1970) throws SQLException {
        return int8(Math.subtractExact(microsSince1970, MICROS_TO_2000));
    }

    /** A value of a {@code text[]} column (no other element type); elements may be null. */
    public BinaryCopy textArray(@Nullable List<? extends @Nullable String> values) throws SQLException {
        if (values == null) {
            return nul();
        }
        int dimensions = values.isEmpty() ? 0 : 1;
        int length = 3 * Integer.BYTES + dimensions * 2 * Integer.BYTES;
        boolean holdsNull = false;
        for (String value : values) {
            length += Integer.BYTES + (value == null ? 0 : Utf8.length(value, where));
            holdsNull |= value == null;
        }
        field(length);
        buffer.int4(dimensions);
        buffer.int4(holdsNull ? 1 : 0);
        buffer.int4(OID_OF_TEXT);
        if (dimensions > 0) {
            buffer.int4(values.size());
            buffer.int4(1); // the lower bound
            for (String value : values) {
                element(value);
            }
        }
        return this;
    }

    private void element(@Nullable String value) throws SQLException {
        if (value == null) {
            buffer.int4(NULL);
        } else {
            int length = Utf8.length(value, where);
            buffer.int4(length);
            buffer.text(value, length);
        }
    }

    /** A NULL, for a column of any type. */
    public BinaryCopy nul() throws SQLException {
        field(NULL);
        return this;
    }

    /**
     * Ends the COPY and waits for PostgreSQL's answer.
     *
     * @return the rows that PostgreSQL stored; a trigger may have left some out
     * @throws SQLException if PostgreSQL refused a row; none is stored then
     */
    public long finish() throws SQLException {
        requireWholeRow();
        buffer.int2(TRAILER);
        buffer.flush();
        return server.endCopy();
    }

    /** Cancels the COPY unless it was finished: none of its rows is stored and the transaction is aborted. */
    @Override
    public void close() throws SQLException {
        if (server.isActive()) {
            server.cancelCopy();
        }
    }

    private void field(int length) throws SQLException {
        if (missing == 0) {
            throw new IllegalStateException(position() + ": a value too many; call row() before the values of a row");
        }
        missing--;
        buffer.int4(length);
    }

    private void requireWholeRow() {
        if (missing > 0) {
            throw new IllegalStateException(
                    position() + ": no value yet for this column; give all, then row() or finish()");
        }
    }

    private String position() {
        return "COPY " + table + ", row " + rows
                + (missing > 0 ? ", column " + columns.get(columns.size() - missing) : "");
    }
}
