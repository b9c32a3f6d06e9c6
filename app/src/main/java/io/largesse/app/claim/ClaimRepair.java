package io.largesse.app.claim;

import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.BlockName;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes good what a Redis that went back in time has done: a code that was handed out twice, or a claim that was answered
 * twice. By one node at a time for each claim, and once, by the id of its entry; what a node that died over it has left in Redis
 * is found by its name.
 */
final class ClaimRepair {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimRepair.class);

    /** A code that is taken as a replacement may have come back too. */
    private static final int ATTEMPTS = 3;

    private final ClaimShards shards;
    private final Claims claims;
    private final Pools pools;
    private final TransactionOperations transactions;

    ClaimRepair(ClaimShards shards, Claims claims, Pools pools, TransactionOperations transactions) {
        this.shards = shards;
        this.claims = claims;
        this.pools = pools;
        this.transactions = transactions;
    }

    /** @return false if nothing can be done for now: there is no code left for the user, and the claim goes on waiting */
    boolean makeGood(ClaimEntry entry) {
        Optional<String> decided = transactions.execute(tx -> {
            shards.lock(entry); // until the commit: a code that two had taken for it would be lost
            return Optional.ofNullable(decide(entry));
        });
        if (decided == null || decided.isEmpty()) {
            LOG.error(
                    "claim {} of shard {}: its code is somebody else's, and the pool has none for its user; generate codes for"
                            + " campaign {}",
                    entry.id(),
                    entry.shard(),
                    entry.campaign());
            return false;
        }
        var has = decided.get();
        end(entry, has);
        if (!has.equals(entry.code())) {
            remember(entry, has);
            LOG.warn("claim {} of shard {}: its user has another code than he was told", entry.id(), entry.shard());
        }
        return true;
    }

    /** The code that the user has from now on. */
    private @Nullable String decide(ClaimEntry entry) {
        var has = shards.codeOf(entry);
        if (has == null) {
            return replace(entry);
        }
        if (!has.equals(entry.code())) {
            shards.keepsOther(entry, has);
        }
        return has;
    }

    private @Nullable String replace(ClaimEntry entry) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            var code = take(entry, attempt);
            if (code != null && shards.usedOf(entry.campaign(), List.of(code)).isEmpty()) {
                shards.replace(entry, code);
                return code;
            }
        }
        return null;
    }

    private @Nullable String take(ClaimEntry entry, int attempt) {
        for (int i = 0; i < pools.shards(); i++) {
            var name = name(entry, (entry.shard() + i) % pools.shards(), attempt);
            if (pools.take(name, 1, taker(entry)) instanceof Take.Taken taken
                    && !taken.codes().isEmpty()) {
                return taken.codes().get(0);
            }
        }
        return null;
    }

    /** What was taken for it and is somebody's is dropped; what is nobody's goes back. */
    private void end(ClaimEntry entry, String has) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            for (int shard = 0; shard < pools.shards(); shard++) {
                var name = name(entry, shard, attempt);
                var codes = pools.block(name);
                if (codes.contains(has)
                        || !shards.usedOf(entry.campaign(), codes).isEmpty()) {
                    pools.drop(name);
                } else if (!codes.isEmpty()) {
                    pools.putBack(name, taker(entry));
                }
            }
        }
    }

    private void remember(ClaimEntry entry, String code) {
        var knows = claims.ofUser(entry.user(), List.of(entry.campaign())).stream()
                .anyMatch(claim -> claim.code().equals(code));
        claims.replace(entry.campaign(), entry.user(), entry.code(), knows ? null : code);
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
}
