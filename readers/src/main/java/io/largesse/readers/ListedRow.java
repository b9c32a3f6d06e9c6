package io.largesse.readers;

import io.largesse.coupons.Message;
import java.util.List;

/** A row of a list that is not blank. */
public sealed interface ListedRow {

    /** As the spreadsheet program counts: from 1; in text the line in which the record starts. */
    int number();

    /** The row as text, one cell a column of the header, each at most 1,000 characters long, all together 4,000. */
    List<String> cells();

    /** @param userId in canonical form */
    record Accepted(int number, String userId, List<String> cells) implements ListedRow {}

    /** @param raw the cell of the user id as typed, at most 300 characters */
    record Rejected(int number, String raw, Message reason, List<String> cells) implements ListedRow {}
}
