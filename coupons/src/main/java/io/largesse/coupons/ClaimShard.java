package io.largesse.coupons;

/**
 * What PostgreSQL knows of the claims of a shard.
 *
 * @param epoch that this shard of Redis must have
 * @param writtenMillis with {@code writtenSequence}: the newest entry of its stream that is written
 * @param beat how far Redis had counted for certain
 */
public record ClaimShard(int shard, long epoch, long writtenMillis, long writtenSequence, long beat) {

    /** Whether a stream that has given this id last has forgotten claims that are written. */
    public boolean isAheadOf(long millis, long sequence) {
        return writtenMillis > millis || (writtenMillis == millis && writtenSequence > sequence);
    }
}
