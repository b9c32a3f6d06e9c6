package io.largesse.readers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one list from its first row to its last. For one thread; memory does not grow with the rows. */
public interface UserListReader extends AutoCloseable {

    /** The names of the columns as in the file, at most 100; letters where the file has none. */
    List<String> header();

    /** The name of the sheet, or "" for a text file. */
    String sheet();

    /** Which of the {@link #header() columns} holds the user id. */
    int idColumn();

    /**
     * The next row that is not blank, or null at the end.
     *
     * @throws io.largesse.coupons.RefusedException if the file turns out to be unreadable in the middle
     */
    @Nullable
    ListedRow read();

    /** How much of the file has been read, from 0 to 1. */
    double share();

    @Override
    void close();
}
