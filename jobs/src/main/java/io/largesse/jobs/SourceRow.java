package io.largesse.jobs;

import io.largesse.readers.ListedRow;

/** A row of one of the grant's sources. */
record SourceRow(int sourceNo, ListedRow row) {}
