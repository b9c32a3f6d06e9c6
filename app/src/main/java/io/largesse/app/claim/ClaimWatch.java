package io.largesse.app.claim;

import io.largesse.app.node.Repeating;
import io.largesse.coupons.ClaimShard;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens claims once Redis is known to have every claim that is written. A Redis that was started anew answers no claim, as it
 * has forgotten the script: whoever sees that compares the last claim of each shard with the last one that is written, and
 * how far each has counted with what is on record. A shard that is behind has lost something, claims or codes that others have
 * taken: its epoch is raised, which closes it, its users' counts are rebuilt, and codes that are somebody's are taken out.
 */
final class ClaimWatch extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);

    private static final Duration LOOK = Duration.ofMillis(200);

    /** What is lost within so many looks of a second or less may go unnoticed, if no claim was among it. */
    private static final int ROUNDS_OF_A_BEAT = 5;

    /** Which no shard ever has to have. */
    private static final long NO_EPOCH = 0;

    private final Claims claims;
    private final ClaimStreams streams;
    private final ClaimShards shards;
    private final ClaimRebuild rebuild;
    private final ClaimDatabase database;
    private int rounds;

    ClaimWatch(Claims claims, ClaimStreams streams, ClaimShards shards, ClaimRebuild rebuild, ClaimDatabase database) {
        super("claim-watch", LOOK);
        this.claims = claims;
        this.streams = streams;
        this.shards = shards;
        this.rebuild = rebuild;
        this.database = database;
    }

    @Override
    public int getPhase() {
        return BENEATH_ANSWERS;
    }

    @Override
    protected boolean round() {
        // in this order: each of these waits for a Redis that is being started anew, and then asks the new one
        var instance = claims.instance();
        var open = claims.isOpen();
        compare();
        if (!open && claims.instance().equals(instance)) {
            claims.open();
            requireCompared(instance);
            LOG.info("claims are open: Redis has all that are written, or is closed where it has not");
        }
        var behind = shards.all().stream()
                .filter(shard -> claims.isBehind(shard.shard(), shard.epoch()))
                .toList();
        if (!behind.isEmpty()) {
            rebuild.rebuild(behind);
        } else if (rounds++ % ROUNDS_OF_A_BEAT == 0 && database.answers()) {
            shards.beat(claims.beat()); // whoever is isolated must not look like another who is not
        }
        return false;
    }

    /** It may be one more that was opened. */
    private void requireCompared(String instance) {
        if (!claims.instance().equals(instance)) {
            shards.all().forEach(shard -> claims.setEpoch(shard.shard(), NO_EPOCH));
            throw new IllegalStateException("Redis was started anew while it was opened; all shards are closed again");
        }
    }

    private void compare() {
        var all = shards.all();
        var beats = claims.beats(); // after what is on record was read
        all.forEach(shard -> compare(shard, beats.get(shard.shard())));
    }

    private void compare(ClaimShard shard, long beat) {
        var last = streams.lastId(shard.shard()); // after what is written was read
        var lost = shard.isAheadOf(last[0], last[1]) || beat < shard.beat();
        if (!lost || claims.isBehind(shard.shard(), shard.epoch())) {
            return; // all is well, or it is closed already and being rebuilt
        }
        var first = shards.distrust(shard);
        if (claims.isBehind(shard.shard(), shards.all().get(shard.shard()).epoch())) {
            // nodes hear of the epoch that follows a moment after it is committed; this they see at once
            claims.setEpoch(shard.shard(), NO_EPOCH);
        }
        if (first) {
            LOG.error(
                    "Redis has lost data of shard {}: its last claim is {}-{}, and {}-{} is written; it has counted to {}, and {}"
                            + " is on record. The shard is closed until its users' counts are rebuilt",
                    shard.shard(),
                    last[0],
                    last[1],
                    shard.writtenMillis(),
                    shard.writtenSequence(),
                    beat,
                    shard.beat());
        }
    }
}
