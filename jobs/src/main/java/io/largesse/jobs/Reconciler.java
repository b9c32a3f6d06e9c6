package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeRange;
import io.largesse.coupons.CodeRanges;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.Grants;
import io.largesse.jobs.CodeMap.Place;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Pools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Computes both sides of a campaign's books from the stores. Nothing is stopped for it: codes move while it looks, so it looks
 * three times, in the direction in which they move, and tells only what it saw each time.
 */
@Component
class Reconciler {

    private static final int LOOKS = 3;
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int MOST_NAMED = 100;

    private final Pools pools;
    private final ClaimStreams streams;
    private final ClaimShards claims;
    private final Coupons coupons;
    private final Allotments allotments;
    private final Grants grants;
    private final Campaigns campaigns;
    private final CodeRanges ranges;
    private final CodeKeys keys;
    private final Archives archives;

    /** Coupons leave the table for the archive and come back: both are looked at as of one moment. */
    private final TransactionOperations snapshot;

    Reconciler(
            Pools pools,
            ClaimStreams streams,
            ClaimShards claims,
            Coupons coupons,
            Allotments allotments,
            Grants grants,
            Campaigns campaigns,
            CodeRanges ranges,
            CodeKeys keys,
            Archives archives,
            PlatformTransactionManager transactions) {
        this.pools = pools;
        this.streams = streams;
        this.claims = claims;
        this.coupons = coupons;
        this.allotments = allotments;
        this.grants = grants;
        this.campaigns = campaigns;
        this.ranges = ranges;
        this.keys = keys;
        this.archives = archives;
        var template = new TransactionTemplate(transactions);
        template.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.snapshot = template;
    }

    /** Looks anew if the campaign has left its pool meanwhile: what was seen in that one is void by now. */
    Books books(Campaign campaign) {
        var books = look(campaign);
        var now = campaigns.byId(campaign.id());
        return now.pool() == campaign.pool() ? books : books(now);
    }

    private Books look(Campaign campaign) {
        var known = ranges.of(campaign);
        var map = look(campaign, known);
        var twice = map.twice();
        var missing = map.count(Place.NOWHERE);
        for (int i = 1; i < LOOKS && (!twice.isEmpty() || missing != voided(campaign)); i++) {
            pause();
            var again = look(campaign, known);
            again.fill(map);
            var both = again.twice();
            both.keySet().retainAll(twice.keySet());
            twice = both;
            map = again;
            missing = map.count(Place.NOWHERE);
        }
        return books(campaign, map, twice);
    }

    private Books books(Campaign campaign, CodeMap map, Map<String, Books.Twice> twice) {
        var voided = voided(campaign);
        return new Books(
                campaign.name(),
                map.serials(),
                map.count(Place.POOL) + map.count(Place.MOVING),
                map.count(Place.ALLOTMENT) + map.count(Place.BLOCK),
                map.count(Place.CLAIM),
                map.count(Place.COUPON),
                map.count(Place.ARCHIVE),
                voided,
                map.count(Place.NOWHERE) - voided,
                unknown(campaign, map),
                twice.values().stream().limit(MOST_NAMED).toList(),
                twice.size());
    }

    /** Those that are being made, or were since the ranges were read, are known by now. */
    private long unknown(Campaign campaign, CodeMap map) {
        var reader = CodeReader.of(keys);
        return map.strangers().stream().allMatch(code -> isOf(campaign, reader.read(code))) ? 0 : map.strange();
    }

    private boolean isOf(Campaign campaign, CodeReading code) {
        var range = code instanceof CodeReading.Valid valid ? ranges.of(valid) : null;
        return range != null && range.campaignId() == campaign.id();
    }

    /** As it is now: codes become void while we look. */
    private long voided(Campaign campaign) {
        return campaigns.byId(campaign.id()).voided();
    }

    /** In the direction in which codes move: what leaves a place after it was looked at is found in a later one. */
    private CodeMap look(Campaign campaign, List<CodeRange> known) {
        var map = CodeMap.ofFinished(known, CodeReader.of(keys));
        for (int shard = 0; shard < pools.shards(); shard++) {
            pools.contents().forEach(campaign.pool(), shard, code -> map.see(code, Place.POOL));
        }
        pools.moves().onTheMove(campaign.pool()).forEach(code -> map.see(code, Place.MOVING));
        blocks(campaign).forEach(code -> map.see(code, Place.BLOCK));
        var madeGood = claims.voided(campaign);
        for (int shard = 0; shard < pools.shards(); shard++) {
            streams.forEach(shard, entry -> {
                // of a pool that was left it is a coupon, or yet to be made good
                if (entry.campaign() == campaign.id()
                        && entry.pool() == campaign.pool()
                        && !madeGood.contains(entry.code())) {
                    map.see(entry.code(), Place.CLAIM);
                }
            });
        }
        snapshot.executeWithoutResult(tx -> {
            coupons.holdTable();
            allotments.codesOf(campaign, code -> map.see(code, Place.ALLOTMENT));
            coupons.codesOf(campaign, code -> map.see(code, Place.COUPON));
            archives.codesOf(campaign, code -> map.see(code, Place.ARCHIVE));
        });
        return map;
    }

    /** Blocks that stand in Redis alone follow the last one that is on record. */
    private List<String> blocks(Campaign campaign) {
        var codes = new ArrayList<String>();
        for (var grant : grants.unfinishedOf(campaign)) {
            for (int shard = 0; shard < pools.shards(); shard++) {
                var last = allotments.lastBlock(grant.id(), shard);
                for (int no = last + 1; no <= last + 3; no++) {
                    codes.addAll(pools.block(AllotmentWork.name(grant, shard, no)));
                }
            }
        }
        return codes;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
