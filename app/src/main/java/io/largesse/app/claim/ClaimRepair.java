package io.largesse.app.claim;

import io.largesse.coupons.Archives;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.ClaimEntry;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.PoolNumbers;
import io.largesse.jobs.RestoreArchiveDesk;
import io.largesse.pools.BlockName;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.largesse.pools.PutBack;
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

    /** Codes that are taken as a replacement may have come back too, as many as were handed out twice. */
    private static final int MOST_ATTEMPTS = 5_000;

    private static final int MOST_LOOKS = 3;

    private final ClaimShards shards;
    private final Archives archives;
    private final RestoreArchiveDesk archive;
    private final Claims claims;
    private final Pools pools;
    private final PoolNumbers numbers;
    private final TransactionOperations transactions;

    ClaimRepair(
            ClaimShards shards,
            Archives archives,
            RestoreArchiveDesk archive,
            Claims claims,
            Pools pools,
            PoolNumbers numbers,
            TransactionOperations transactions) {
        this.shards = shards;
        this.archives = archives;
        this.archive = archive;
        this.claims = claims;
        this.pools = pools;
        this.numbers = numbers;
        this.transactions = transactions;
    }

    /** @return false if nothing can be done for now, for lack of codes perhaps, and the claim goes on waiting */
    boolean makeGood(ClaimEntry entry) {
        for (int look = 1; look <= MOST_LOOKS; look++) {
            try {
                return makeGood(entry, look(entry));
            } catch (LookedTooEarlyException e) {
                LOG.info(
                        "claim {} of shard {}: coupons of its campaign are archived or restored just now",
                        entry.id(),
                        entry.shard());
            }
        }
        return false;
    }

    private boolean makeGood(ClaimEntry entry, Looked looked) {
        if (entry.code().equals(looked.code)) {
            LOG.info("claim {} of shard {} was written long ago: its coupon is archived", entry.id(), entry.shard());
            return true;
        }
        var campaign = shards.campaignOf(entry);
        if (campaign == null) {
            LOG.error(
                    "claim {} of shard {} is of campaign {}, of which PostgreSQL knows nothing: it was restored to an older"
                            + " moment. The claim is lost",
                    entry.id(),
                    entry.shard(),
                    entry.campaign());
            return true;
        }
        Optional<String> decided = transactions.execute(tx -> {
            shards.lock(entry); // until the commit: a code that two had taken for it would be lost
            return Optional.ofNullable(decide(entry, looked));
        });
        var over = campaign.status() == CampaignStatus.ENDED;
        if (over && (decided == null || decided.isEmpty())) {
            shards.lost(entry);
            claims.replace(
                    campaign.ledger(), entry.user(), entry.code(), null); // he is not shown what is somebody else's
            LOG.error(
                    "claim {} of shard {} is lost: its code is somebody else's, and campaign {} has ended",
                    entry.id(),
                    entry.shard(),
                    campaign.name());
            return true;
        }
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
        if (!end(entry, has) && !over) { // the codes of a campaign that has ended are void, wherever they stand
            return false;
        }
        if (!has.equals(entry.code())) {
            remember(entry, campaign.ledger(), has);
            LOG.warn("claim {} of shard {}: its user has another code than he was told", entry.id(), entry.shard());
        }
        return true;
    }

    /** Outside of any transaction: an object store may take long to answer. */
    private Looked look(ClaimEntry entry) {
        var mark = archives.mark(entry.campaign());
        return new Looked(mark, archives.isAny(entry.campaign()) ? archive.codeOf(entry) : null);
    }

    /** @param code of the archived coupon that its user has for this claim */
    private record Looked(String mark, @Nullable String code) {}

    /** Coupons of the campaign were archived or restored since the look. */
    private static final class LookedTooEarlyException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /** The code that the user has from now on. */
    private @Nullable String decide(ClaimEntry entry, Looked looked) {
        var unused = numbers.hold(entry.campaign()); // nothing of it is archived or comes back until the commit
        var has = shards.codeOf(entry);
        if (has == null && archives.isAny(entry.campaign())) {
            if (!archives.mark(entry.campaign()).equals(looked.mark)) {
                throw new LookedTooEarlyException();
            }
            has = looked.code;
        }
        if (has == null) {
            return isWrittenLate(entry) ? entry.code() : replace(entry);
        }
        if (!has.equals(entry.code())) {
            shards.keepsOther(entry, has);
        }
        return has;
    }

    /** Coupons of its campaign were archived before this claim was written, which nobody else does then. */
    private boolean isWrittenLate(ClaimEntry entry) {
        return archives.isAny(entry.campaign())
                && numbers.hold(entry.campaign()) == entry.pool()
                && shards.writeIfFree(entry);
    }

    private @Nullable String replace(ClaimEntry entry) {
        var pool = numbers.hold(entry.campaign()); // else what is taken might be void before it is written
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            var tried = take(entry, pool, attempt);
            if (tried.code != null
                    && shards.usedOf(entry.campaign(), List.of(tried.code)).isEmpty()) {
                shards.replace(entry, tried.code);
                return tried.code;
            }
            if (tried.code != null) {
                pools.drop(tried.name); // it came back as well, and somebody has it
            } else if (!tried.ended) {
                return null; // nobody was here before, and there is none
            }
        }
        return null;
    }

    private Tried take(ClaimEntry entry, long pool, int attempt) {
        var ended = false;
        var name = name(entry, pool, entry.shard(), attempt);
        for (int i = 0; i < pools.shards(); i++) {
            name = name(entry, pool, (entry.shard() + i) % pools.shards(), attempt);
            var answer = pools.take(name, 1, taker(entry));
            if (answer instanceof Take.Taken taken && !taken.codes().isEmpty()) {
                return new Tried(name, taken.codes().get(0), ended);
            }
            ended |= answer instanceof Take.Ended;
        }
        return new Tried(name, null, ended);
    }

    /** @param ended whether an earlier attempt got as far as this name */
    private record Tried(BlockName name, @Nullable String code, boolean ended) {}

    /**
     * What was taken for it and is somebody's is dropped; what is nobody's goes back. Names are used one after the other.
     *
     * @return whether all has ended; not while the gate is closed
     */
    private boolean end(ClaimEntry entry, String has) {
        var pool = numbers.hold(entry.campaign());
        var ended = true;
        for (int attempt = 1; ended; attempt++) {
            ended = false;
            for (int shard = 0; shard < pools.shards(); shard++) {
                var name = name(entry, pool, shard, attempt);
                var codes = pools.block(name);
                if (!codes.isEmpty()
                        && (codes.contains(has)
                                || !shards.usedOf(entry.campaign(), codes).isEmpty())) {
                    pools.drop(name);
                    ended = true;
                } else {
                    var answer = pools.putBack(name, taker(entry));
                    if (answer instanceof PutBack.Closed) {
                        return false;
                    }
                    ended |= !codes.isEmpty()
                            || answer instanceof PutBack.AlreadyDone
                            || answer instanceof PutBack.Dropped;
                }
            }
        }
        return true;
    }

    private void remember(ClaimEntry entry, long ledger, String code) {
        var knows = claims.ofUser(entry.user(), List.of(ledger)).stream()
                .anyMatch(claim -> claim.code().equals(code));
        claims.replace(ledger, entry.user(), entry.code(), knows ? null : code);
    }

    private static BlockName name(ClaimEntry entry, long pool, int shard, int attempt) {
        return new BlockName(pool, shard, work(entry) + "-" + attempt);
    }

    private static Taker taker(ClaimEntry entry) {
        return new Taker(work(entry), 1);
    }

    private static String work(ClaimEntry entry) {
        return "c" + entry.shard() + "-" + entry.id();
    }
}
