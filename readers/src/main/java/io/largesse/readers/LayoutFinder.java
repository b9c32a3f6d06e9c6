package io.largesse.readers;

import io.largesse.coupons.RefusedException;
import io.largesse.coupons.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the header and the column of the user id from the first rows that are not blank. Where it cannot tell a name
 * from a user id it refuses: a swallowed recipient and a grant to the word "user_id" are both worse than a question.
 */
final class LayoutFinder {

    private final Origin origin;
    private final ListOptions options;
    private final List<RawRow> rows;
    private final RawRow first;
    private final int width;

    /** @param rows the first rows, at least one */
    LayoutFinder(Origin origin, ListOptions options, List<RawRow> rows) {
        this.origin = origin;
        this.options = options;
        this.rows = rows;
        first = rows.get(0);
        width = rows.stream().mapToInt(RawRow::width).max().orElseThrow();
    }

    Layout find() {
        return options.column() == null ? lookedFor() : chosen(options.column());
    }

    private Layout chosen(String column) {
        var wanted = HeaderNames.folded(column);
        var named = columnsWhere(i -> HeaderNames.folded(first.text(i)).equals(wanted));
        if (named.size() > 1) {
            throw origin.refusal("readers.column.several", names(named));
        }
        var index = ColumnLetters.parse(column.strip());
        var isPlace = index >= 0 && index < width;
        if (named.size() == 1 && isPlace) {
            throw inDoubt(named.get(0)); // "--column 1" over a first row of 1: the name of the column, or user 1?
        }
        if (named.size() == 1) {
            return withHeader(named.get(0));
        }
        if (!isPlace) {
            throw origin.refusal("readers.column.missing", column, names(columnsWhere(i -> true)));
        }
        return byPlace(index);
    }

    private Layout lookedFor() {
        var known = columnsWhere(i -> HeaderNames.isUserId(first.text(i)));
        if (known.size() > 1) {
            throw origin.refusal("readers.column.several", names(known));
        }
        if (known.size() == 1) {
            return withHeader(known.get(0));
        }
        var used = columnsWhere(i -> rows.stream().anyMatch(r -> r.kind(i) != CellKind.BLANK));
        if (used.size() == 1) {
            return byPlace(used.get(0));
        }
        throw origin.refusal("readers.column.unclear", names(columnsWhere(i -> first.kind(i) != CellKind.BLANK)));
    }

    /** The column is known by its place; whether the first row names it is to be found out. */
    private Layout byPlace(int column) {
        var anyKnown = columnsWhere(i -> HeaderNames.isUserId(first.text(i))).size() > 0;
        if (anyKnown || HeaderNames.isUserIdInASingleColumn(first.text(column)) || onlyThePatternTellsApart(column)) {
            return withHeader(column);
        }
        if (mayBeAName(column)) {
            throw inDoubt(column);
        }
        var letters = IntStream.range(0, width).mapToObj(ColumnLetters::of).toList();
        return new Layout(letters, false, column);
    }

    private RefusedException inDoubt(int column) {
        return origin.refusal("readers.header.doubt", first.number(), first.text(column), ColumnLetters.of(column));
    }

    private boolean onlyThePatternTellsApart(int column) {
        var second = rows.size() > 1 ? rows.get(1) : null;
        return options.userIdPattern() != null
                && second != null
                && first.kind(column) == CellKind.TEXT
                && !fits(first.text(column))
                && fits(second.text(column));
    }

    private boolean fits(@Nullable String text) {
        var pattern = options.userIdPattern();
        var id = UserId.canonical(text == null ? "" : text);
        return pattern != null
                && UserId.problem(id) == null
                && pattern.matcher(id).matches();
    }

    /** A text without a digit above ids that all have one, or a text above plain numbers. */
    private boolean mayBeAName(int column) {
        var text = first.text(column);
        var below = rows.stream()
                .skip(1)
                .filter(r -> r.kind(column) != CellKind.BLANK)
                .map(r -> r.text(column))
                .toList();
        if (first.kind(column) != CellKind.TEXT || below.isEmpty()) {
            return false;
        }
        var noDigit = text.codePoints().noneMatch(Character::isDigit);
        var aLetter = text.codePoints().anyMatch(Character::isLetter);
        return noDigit && below.stream().allMatch(t -> t.codePoints().anyMatch(Character::isDigit))
                || aLetter && below.stream().allMatch(t -> t.codePoints().allMatch(Character::isDigit));
    }

    private Layout withHeader(int column) {
        if (rows.size() == 1) {
            throw origin.refusal("readers.file.no-rows", first.number());
        }
        var columns = Math.max(first.width(), column + 1);
        var header = new ArrayList<String>(columns);
        for (var i = 0; i < columns; i++) {
            var name = first.text(i).strip();
            header.add(name.isEmpty() ? ColumnLetters.of(i) : Storable.of(Cut.to(Cut.CELL, name)));
        }
        return new Layout(List.copyOf(header), true, column);
    }

    private List<Integer> columnsWhere(java.util.function.IntPredicate condition) {
        return IntStream.range(0, width).filter(condition).boxed().toList();
    }

    private String names(List<Integer> columns) {
        return columns.stream()
                .limit(20)
                .map(i -> ColumnLetters.of(i) + "=" + Cut.to(40, first.text(i).strip()))
                .collect(java.util.stream.Collectors.joining(", "));
    }
}
