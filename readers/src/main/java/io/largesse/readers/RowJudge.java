package io.largesse.readers;

import io.largesse.coupons.Message;
import io.largesse.coupons.UserId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Accepts or rejects rows. */
final class RowJudge {

    private static final Pattern SCIENTIFIC = Pattern.compile("[0-9](\\.[0-9]+)?[eE]\\+[0-9]{2,3}");

    /** What exports write where there is no value. */
    private static final Set<String> NO_VALUE =
            Set.of("NULL", "(NULL)", "\\N", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!");

    private final Layout layout;
    private final boolean delimited;
    private final @Nullable Matcher pattern;

    RowJudge(Layout layout, boolean delimited, @Nullable Pattern userIdPattern) {
        this.layout = layout;
        this.delimited = delimited;
        pattern = userIdPattern == null ? null : userIdPattern.matcher("");
    }

    ListedRow judge(RawRow row) {
        var typed = row.text(layout.idColumn());
        var id = UserId.canonical(typed);
        var problem = problem(row, id);
        return problem == null
                ? new ListedRow.Accepted(row.number(), id, cells(row))
                : new ListedRow.Rejected(row.number(), Cut.to(Cut.RAW, typed), problem, cells(row));
    }

    private @Nullable Message problem(RawRow row, String id) {
        if (delimited && (row.hasMore() || row.width() > layout.header().size())) {
            return Message.of("readers.row.cells", layout.header().size());
        }
        return switch (row.kind(layout.idColumn())) {
            case BLANK -> Message.of("readers.row.empty");
            case WHOLE -> ofPattern(id);
            case TEXT -> ofText(id);
            case TOO_MANY_DIGITS -> reason("readers.row.digits", id);
            case NOT_WHOLE -> reason("readers.row.not-whole", id);
            case DATE -> reason("readers.row.date", id);
            case BOOLEAN -> reason("readers.row.boolean", id);
            case ERROR -> reason("readers.row.error", id);
            case FORMULA -> reason("readers.row.formula", id);
        };
    }

    private @Nullable Message ofText(String id) {
        var general = UserId.problem(id);
        if (general != null) {
            return general;
        }
        if (id.charAt(0) == '=') {
            return reason("readers.row.formula", id);
        }
        if (id.charAt(0) == '"' && id.endsWith("\"")) {
            return reason("readers.row.quotes", id);
        }
        if (id.indexOf('+') > 0 && SCIENTIFIC.matcher(id).matches()) {
            return reason("readers.row.scientific", id);
        }
        if (!hasDigit(id)) {
            if (NO_VALUE.contains(id.toUpperCase(java.util.Locale.ROOT))) {
                return reason("readers.row.error", id);
            }
            if (HeaderNames.isUserId(id)) {
                return reason("readers.row.header", id);
            }
        }
        return ofPattern(id);
    }

    private @Nullable Message ofPattern(String id) {
        return pattern == null || pattern.reset(id).matches()
                ? null
                : Message.of("readers.row.pattern", id, pattern.pattern().pattern());
    }

    private static Message reason(String code, String id) {
        return Message.of(code, Cut.to(Cut.IN_MESSAGES, id));
    }

    private static boolean hasDigit(String id) {
        for (var i = 0; i < id.length(); i++) {
            if (id.charAt(i) >= '0' && id.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private List<String> cells(RawRow row) {
        var columns = layout.header().size();
        if (columns == 1) {
            return List.of(Cut.to(Cut.CELL, row.text(0)));
        }
        var cells = new String[columns];
        var id = Cut.to(Cut.CELL, row.text(layout.idColumn()));
        var left = Cut.ROW - id.length();
        for (var i = 0; i < columns; i++) {
            cells[i] = i == layout.idColumn() ? id : Cut.to(Math.min(Cut.CELL, left), row.text(i));
            left -= i == layout.idColumn() ? 0 : cells[i].length();
        }
        return java.util.Collections.unmodifiableList(Arrays.asList(cells));
    }
}
