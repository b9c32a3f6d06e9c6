package io.largesse.pools;

import java.time.Instant;

/** What became of a claim. */
public sealed interface ClaimAnswer {

    /**
     * The user has the coupon.
     *
     * @param repeated whether an earlier request got it
     * @param ordinal the how manyth of the user's claims of this campaign
     */
    record Claimed(String code, Instant at, Instant validTo, int ordinal, boolean repeated) implements ClaimAnswer {}

    record Refused(ClaimRefusal why) implements ClaimAnswer {}

    /** Too many requests of this user. */
    record TooFast(int seconds) implements ClaimAnswer {}

    /** The pool of this user's shard is empty. */
    record Empty() implements ClaimAnswer {}

    /** Nothing was claimed, and the same request may succeed in a while. */
    record Unavailable(Reason reason) implements ClaimAnswer {

        public enum Reason {
            /** PostgreSQL is behind: as many claims wait as may wait. */
            BACKLOG,
            /** The gate is closed. */
            GATE,
            /** Redis is not known to have all claims that were answered. */
            EPOCH,
            /** Codes are on their way between shards. */
            MOVING,
            /** Redis has not answered. A coupon may have been claimed, which the same request finds. */
            NO_ANSWER
        }
    }
}
