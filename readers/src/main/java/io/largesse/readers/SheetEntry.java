package io.largesse.readers;

/**
 * A sheet as the workbook lists it.
 *
 * @param at where it is: the name of its part, or its place in the stream
 */
record SheetEntry<T>(String name, boolean visible, T at) {}
