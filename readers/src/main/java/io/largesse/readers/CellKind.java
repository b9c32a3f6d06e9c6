package io.largesse.readers;

/** What a cell holds, as far as a user id is concerned. */
enum CellKind {
    BLANK,
    TEXT,
    /** A whole number of at most 15 digits, exact whatever the cell shows. */
    WHOLE,
    /** A whole number beyond the 15 digits that a spreadsheet keeps. */
    TOO_MANY_DIGITS,
    /** A fraction or a negative number. */
    NOT_WHOLE,
    DATE,
    BOOLEAN,
    ERROR,
    FORMULA
}
