package io.largesse.pools;

/** What became of codes that PostgreSQL gave back to the pool. */
public sealed interface GiveBack {

    /** They are in the pool again. */
    record Returned(int codes) implements GiveBack {}

    /** An earlier request of this name had returned them; they may have left the pool since. */
    record AlreadyReturned() implements GiveBack {}

    /** The campaign's gate is closed; nothing was returned. */
    record Closed() implements GiveBack {}
}
