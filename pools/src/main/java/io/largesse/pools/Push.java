package io.largesse.pools;

/** What became of a push of generated codes. */
public sealed interface Push {

    /**
     * All the codes have reached the pool.
     *
     * @param added by this request
     * @param already that an earlier request had added; they may have left the pool since
     */
    record Pushed(int added, int already) implements Push {}

    /** The campaign's gate is closed; nothing was added. */
    record Closed() implements Push {}
}
