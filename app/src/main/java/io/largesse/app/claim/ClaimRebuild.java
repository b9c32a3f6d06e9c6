package io.largesse.app.claim;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShard;
import io.largesse.coupons.ClaimShards;
import io.largesse.pools.Claims;
import io.largesse.pools.Pools;
import io.largesse.pools.UserClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives a shard back what it must know before it may answer: how many coupons each user has claimed, and which codes are
 * somebody's. By one node at a time, and as often as it takes.
 */
final class ClaimRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimRebuild.class);

    private static final int PAGE = 1_000;
    private static final int USERS_AT_ONCE = 500;

    private final Claims claims;
    private final Pools pools;
    private final ClaimShards shards;
    private final Campaigns campaigns;
    private final TransactionOperations transactions;

    ClaimRebuild(
            Claims claims, Pools pools, ClaimShards shards, Campaigns campaigns, TransactionOperations transactions) {
        this.claims = claims;
        this.pools = pools;
        this.shards = shards;
        this.campaigns = campaigns;
        this.transactions = transactions;
    }

    /** Of all shards that are behind at once; those that another node is at are left to it. */
    void rebuild(List<ClaimShard> behind) {
        var instance = claims.instance();
        Optional<List<ClaimShard>> done = transactions.execute(tx -> {
            var mine = behind.stream()
                    .filter(shards::tryLock) // until the end of the transaction
                    .filter(shard -> claims.isBehind(shard.shard(), shard.epoch()))
                    .toList();
            restore(mine);
            requireSame(instance);
            return Optional.of(mine);
        });
        for (var shard : done == null ? List.<ClaimShard>of() : done.orElseThrow()) {
            requireSame(instance);
            // after the commit: else the mark of what was lost would close it again
            claims.catchUp(shard.shard(), shards.all().get(shard.shard()).beat());
            claims.setEpoch(shard.shard(), shard.epoch());
            LOG.warn("shard {} answers claims again", shard.shard());
        }
    }

    /** A Redis that was started anew meanwhile may have lost some of it: then all is done once more. */
    private void requireSame(String instance) {
        if (!claims.instance().equals(instance)) {
            throw new IllegalStateException("Redis was started anew while the counts of users were rebuilt");
        }
    }

    private void restore(List<ClaimShard> mine) {
        if (mine.isEmpty()) {
            return;
        }
        long users = 0;
        long removed = 0;
        for (var campaign : campaigns.all()) {
            if (campaign.status() == CampaignStatus.ENDED) {
                continue; // nothing of it is given to anybody
            }
            if (campaign.claimLimit() > 0) {
                users += restoreCounts(mine, campaign);
            }
            for (var shard : mine) {
                removed += removeUsed(shard.shard(), campaign);
            }
        }
        mine.forEach(shards::trust);
        LOG.warn(
                "{} shards have the counts of {} users again; {} codes that are somebody's were taken out",
                mine.size(),
                users,
                removed);
    }

    private long restoreCounts(List<ClaimShard> mine, Campaign campaign) {
        var batches = new HashMap<Integer, Map<String, List<UserClaim>>>();
        mine.forEach(shard -> batches.put(shard.shard(), new LinkedHashMap<>()));
        var users = new AtomicLong();
        shards.claimsOf(campaign.id(), claim -> {
            var shard = claims.users().of(claim.userId());
            var batch = batches.get(shard);
            if (batch == null) {
                return;
            }
            if (batch.size() >= USERS_AT_ONCE && !batch.containsKey(claim.userId())) {
                users.addAndGet(remember(shard, campaign.ledger(), batch));
            }
            batch.computeIfAbsent(claim.userId(), user -> new ArrayList<>())
                    .add(new UserClaim(
                            campaign.ledger(), claim.code(), claim.issuedAt(), claim.validTo(), claim.ordinal()));
        });
        batches.forEach((shard, batch) -> users.addAndGet(remember(shard, campaign.ledger(), batch)));
        return users.get();
    }

    private int remember(int shard, long ledger, Map<String, List<UserClaim>> batch) {
        int users = batch.size();
        if (users > 0) {
            claims.remember(shard, ledger, batch);
            batch.clear();
        }
        return users;
    }

    /** Others may take codes meanwhile, so a page may be seen twice or not at all: what is missed is replaced later. */
    private long removeUsed(int shard, Campaign campaign) {
        long removed = 0;
        var from = 0;
        var page = pools.contents().peek(campaign.pool(), shard, from, PAGE);
        while (!page.isEmpty()) {
            var used = shards.usedOf(campaign.id(), page);
            removed += used.isEmpty() ? 0 : pools.contents().remove(campaign.pool(), shard, used);
            from += page.size() - used.size();
            page = pools.contents().peek(campaign.pool(), shard, from, PAGE);
        }
        return removed;
    }
}
