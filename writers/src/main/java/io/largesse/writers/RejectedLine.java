package io.largesse.writers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of an upload that was rejected, and why.
 *
 * @param source which of the report's sources it came from, counted from 0
 * @param row its number in the spreadsheet as people see it, counted from 1
 * @param reason in the words of the report's reader
 * @param cells the row as it was typed, in the order of the source's columns; null where a cell is missing
 */
public record RejectedLine(int source, long row, String reason, List<@Nullable String> cells) {

    public RejectedLine {
        cells = Collections.unmodifiableList(new ArrayList<>(cells));
    }
}
