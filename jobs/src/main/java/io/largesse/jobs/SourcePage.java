package io.largesse.jobs;

import io.largesse.readers.ListedRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one of the grant's sources, staged in one transaction.
 *
 * @param after the last row before these, 0 at the beginning
 * @param header of the source if these are its last rows, else null
 * @param share how much of all the sources has been read with this page, 0 to 1
 */
record SourcePage(
        int sourceNo,
        int after,
        List<ListedRow> rows,
        @Nullable List<String> header,
        double share) {

    int last() {
        return rows.isEmpty() ? after : rows.get(rows.size() - 1).number();
    }
}
