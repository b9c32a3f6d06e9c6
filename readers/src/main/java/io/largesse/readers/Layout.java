package io.largesse.readers;

import java.util.List;

/**
 * How a list is laid out.
 *
 * @param header the names of the columns, letters if the file has none
 * @param inFile whether the first row is the header and no recipient
 */
record Layout(List<String> header, boolean inFile, int idColumn) {}
