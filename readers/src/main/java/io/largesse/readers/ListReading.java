package io.largesse.readers;

import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of rows, read as a user list: the first rows decide the layout, then every row is judged. */
final class ListReading implements UserListReader {

    /** So many rows are looked at to tell a header from data. */
    private static final int FIRST_ROWS = 20;

    private final RowSource source;
    private final Deque<RawRow> first = new ArrayDeque<>();
    private final RawRow row = new RawRow();
    private final Layout layout;
    private final RowJudge judge;

    ListReading(RowSource source, ListOptions options) throws IOException {
        this.source = source;
        var rows = firstRows(source);
        if (rows.isEmpty()) {
            throw source.origin().refusal("readers.file.no-content");
        }
        layout = new LayoutFinder(source.origin(), options, rows).find();
        first.addAll(layout.inFile() ? rows.subList(1, rows.size()) : rows);
        judge = new RowJudge(layout, source.isDelimited(), options.userIdPattern());
        row.limit(layout.header().size());
    }

    private static List<RawRow> firstRows(RowSource source) throws IOException {
        var rows = new ArrayList<RawRow>();
        for (var next = new RawRow(); rows.size() < FIRST_ROWS && source.next(next); ) {
            if (!next.isBlank()) {
                rows.add(next);
                next = new RawRow();
            }
        }
        return rows;
    }

    @Override
    public List<String> header() {
        return layout.header();
    }

    @Override
    public String sheet() {
        return source.origin().sheet();
    }

    @Override
    public int idColumn() {
        return layout.idColumn();
    }

    @Override
    public @Nullable ListedRow read() {
        if (!first.isEmpty()) {
            return judge.judge(first.removeFirst());
        }
        try {
            while (source.next(row)) {
                if (!row.isBlank()) {
                    return judge.judge(row);
                }
            }
            return null;
        } catch (RefusedException | UncheckedIOException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw source.origin().damaged(e);
        }
    }

    @Override
    public double share() {
        return Math.max(0, Math.min(1, source.share()));
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
