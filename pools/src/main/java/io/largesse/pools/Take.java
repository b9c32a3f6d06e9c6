package io.largesse.pools;

import java.util.List;

/** What became of a request for codes. */
public sealed interface Take {

    /**
     * The codes of the block, in the order in which they were pushed; fewer than asked for if the shard had no more. An
     * empty block is not kept: asked again, the same name gets what has come in since.
     */
    record Taken(List<String> codes) implements Take {

        public Taken {
            codes = List.copyOf(codes);
        }
    }

    /** The block was dropped or put back before; its name is used up. */
    record Ended(boolean dropped) implements Take {}

    /** Another owner has taken the work over, with this token. Stop. */
    record Fenced(long token) implements Take {}

    /** The campaign's gate is closed and the block did not exist yet. */
    record Closed() implements Take {}
}
