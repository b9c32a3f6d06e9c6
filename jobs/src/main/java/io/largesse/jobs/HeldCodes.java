package io.largesse.jobs;

import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Coupons;
import io.largesse.jobs.CodeMap.Place;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Pools;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The codes that somebody has: claims on their way to the table, allotments of grants, coupons. */
@Component
class HeldCodes {

    private final Pools pools;
    private final ClaimStreams streams;
    private final Allotments allotments;
    private final Coupons coupons;
    private final TransactionOperations transactions;

    HeldCodes(
            Pools pools,
            ClaimStreams streams,
            Allotments allotments,
            Coupons coupons,
            TransactionOperations transactions) {
        this.pools = pools;
        this.streams = streams;
        this.allotments = allotments;
        this.coupons = coupons;
        this.transactions = transactions;
    }

    /** In the direction in which codes move: what leaves a place after it was looked at is found in a later one. */
    void look(Campaign campaign, CodeMap map) {
        for (int shard = 0; shard < pools.shards(); shard++) {
            streams.forEach(shard, entry -> {
                if (entry.campaign() == campaign.id()) {
                    map.see(entry.code(), Place.CLAIM);
                }
            });
        }
        transactions.executeWithoutResult(tx -> {
            allotments.codesOf(campaign, code -> map.see(code, Place.ALLOTMENT));
            coupons.codesOf(campaign, code -> map.see(code, Place.COUPON));
        });
    }
}
