package io.largesse.readers;

import java.io.Closeable;
import java.io.IOException;

/** The rows of one sheet or text, in order. */
interface RowSource extends Closeable {

    /** Fills the row with the next one, which may be blank; false at the end. */
    boolean next(RawRow row) throws IOException;

    /** How much has been read, from 0 to 1. */
    double share();

    /** Whether the cells of a row were told apart by a character that a careless writer may have left unquoted. */
    boolean isDelimited();

    /** The name of the sheet, or "". */
    Origin origin();
}
