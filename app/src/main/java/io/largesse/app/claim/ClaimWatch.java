package io.largesse.app.claim;

import io.largesse.coupons.ClaimShard;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Claims;
import io.largesse.pools.PoolsUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Opens claims once Redis is known to have every claim that is written. A Redis that was started anew answers no claim, as it
 * has forgotten the script: whoever sees that compares the last claim of each shard with the last one that is written. A
 * shard that is behind has lost some: its epoch is raised, which closes it, and its users' counts are rebuilt.
 */
final class ClaimWatch implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimWatch.class);

    private static final long LOOK_MILLIS = 200;

    /** Which no shard ever has to have. */
    private static final long NO_EPOCH = 0;

    private final Claims claims;
    private final ClaimStreams streams;
    private final ClaimShards shards;
    private final ClaimRebuild rebuild;
    private volatile boolean running;

    ClaimWatch(Claims claims, ClaimStreams streams, ClaimShards shards, ClaimRebuild rebuild) {
        this.claims = claims;
        this.streams = streams;
        this.shards = shards;
        this.rebuild = rebuild;
    }

    @Override
    public void start() {
        running = true;
        look();
        var thread = new Thread(this::run, "claim-watch");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                Thread.sleep(LOOK_MILLIS);
                look();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void look() {
        try {
            shards.all().forEach(this::compare);
            if (!claims.isOpen()) {
                claims.open();
                LOG.info("claims are open: Redis has all that are written, or is closed where it has not");
            }
            var behind = shards.all().stream()
                    .filter(shard -> claims.isBehind(shard.shard(), shard.epoch()))
                    .toList();
            if (!behind.isEmpty()) {
                rebuild.rebuild(behind);
            }
        } catch (PoolsUnavailableException | DataAccessException | TransactionException e) {
            LOG.debug("cannot look at the claims now", e);
        } catch (RuntimeException e) {
            LOG.error("looking at the claims failed; it is tried again", e);
        }
    }

    private void compare(ClaimShard shard) {
        var last = streams.lastId(shard.shard()); // after what is written was read
        if (!shard.isAheadOf(last[0], last[1]) || claims.isBehind(shard.shard(), shard.epoch())) {
            return; // all is well, or it is closed already and being rebuilt
        }
        var first = shards.distrust(shard);
        if (claims.isBehind(shard.shard(), shards.all().get(shard.shard()).epoch())) {
            // nodes hear of the epoch that follows a moment after it is committed; this they see at once
            claims.setEpoch(shard.shard(), NO_EPOCH);
        }
        if (first) {
            LOG.error(
                    "Redis has lost claims of shard {}: its last one is {}-{}, and {}-{} is written. The shard is closed until"
                            + " its users' counts are rebuilt",
                    shard.shard(),
                    last[0],
                    last[1],
                    shard.writtenMillis(),
                    shard.writtenSequence());
        }
    }
}
