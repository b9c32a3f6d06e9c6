package io.largesse.pools;

/** What became of a block that never reached PostgreSQL. */
public sealed interface PutBack {

    /** Its codes are in the pool again; 0 if there was no such block. */
    record Done(int codes) implements PutBack {}

    /** An earlier request had put it back. */
    record AlreadyDone() implements PutBack {}

    /** It was dropped: somebody found its codes in PostgreSQL. They stay out of the pool. */
    record Dropped() implements PutBack {}

    /** Another owner has taken the work over, with this token, and decides what becomes of the block. */
    record Fenced(long token) implements PutBack {}

    /** The campaign's gate is closed; the block stays. */
    record Closed() implements PutBack {}
}
