package io.largesse.app.claim;

import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.BlockName;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;

/**
 * Makes good what a Redis that went back in time has done: a code that was handed out twice, or a claim that was answered
 * twice. What is done is done once, by the id of the claim's entry.
 */
final class ClaimRepair {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimRepair.class);

    /** Codes taken as a replacement may have come back too. */
    private static final int ATTEMPTS = 20;

    private final ClaimShards shards;
    private final Claims claims;
    private final Pools pools;

    ClaimRepair(ClaimShards shards, Claims claims, Pools pools) {
        this.shards = shards;
        this.claims = claims;
        this.pools = pools;
    }

    /** @return false if nothing can be done for now: there is no code left for the user, and the claim goes on waiting */
    boolean makeGood(ClaimEntry entry) {
        var has = shards.codeOf(entry);
        if (has == null) {
            return replace(entry);
        }
        if (!has.equals(entry.code())) {
            shards.keepsOther(entry, has);
            end(entry, has);
            remember(entry, has);
            LOG.warn("claim {} of shard {}: its user has a coupon already and keeps that", entry.id(), entry.shard());
        }
        return true;
    }

    private boolean replace(ClaimEntry entry) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var block = take(entry, attempt);
            if (block == null) {
                LOG.error(
                        "claim {} of shard {}: its code is somebody else's, and the pool has none for its user;"
                                + " generate codes for campaign {}",
                        entry.id(),
                        entry.shard(),
                        entry.campaign());
                return false;
            }
            try {
                shards.replace(entry, block.code);
            } catch (DuplicateKeyException e) {
                pools.drop(block.name); // that one has come back as well
                continue;
            }
            pools.drop(block.name);
            remember(entry, block.code);
            LOG.warn("claim {} of shard {}: its code is somebody else's; it was replaced", entry.id(), entry.shard());
            return true;
        }
        return false;
    }

    private void remember(ClaimEntry entry, String code) {
        var knows = claims.ofUser(entry.user(), java.util.List.of(entry.campaign())).stream()
                .anyMatch(claim -> claim.code().equals(code));
        claims.replace(entry.campaign(), entry.user(), entry.code(), knows ? null : code);
    }

    /** Somebody who died over this may have left a block in Redis: of the code that the user has, or of one too many. */
    private void end(ClaimEntry entry, String has) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            for (int shard = 0; shard < pools.shards(); shard++) {
                var name = name(entry, shard, attempt);
                var codes = pools.block(name);
                if (codes.contains(has)) {
                    pools.drop(name);
                } else if (!codes.isEmpty()) {
                    pools.putBack(name, taker(entry));
                }
            }
        }
    }

    private @Nullable Block take(ClaimEntry entry, int attempt) {
        for (int i = 0; i < pools.shards(); i++) {
            var name = name(entry, (entry.shard() + i) % pools.shards(), attempt);
            if (pools.take(name, 1, taker(entry)) instanceof Take.Taken taken
                    && !taken.codes().isEmpty()) {
                return new Block(name, taken.codes().get(0));
            }
        }
        return null;
    }

    private static BlockName name(ClaimEntry entry, int shard, int attempt) {
        return new BlockName(entry.campaign(), shard, work(entry) + "-" + attempt);
    }

    private static Taker taker(ClaimEntry entry) {
        return new Taker(work(entry), 1);
    }

    private static String work(ClaimEntry entry) {
        return "c" + entry.shard() + "-" + entry.id();
    }

    private record Block(BlockName name, String code) {}
}
