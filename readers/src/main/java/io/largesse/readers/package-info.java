/** User lists: spreadsheets and text files are read, row by row, into recipients and rejects. */
@NullMarked
package io.largesse.readers;

import org.jspecify.annotations.NullMarked;
