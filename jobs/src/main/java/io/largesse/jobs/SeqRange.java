package io.largesse.jobs;

/** Recipients of a grant that stand side by side, {@code first} to {@code last}. */
record SeqRange(long first, long last) {}
