package io.largesse.jobs;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.AuditTrail;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignStatus;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.Grants;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunProgress;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Gate;
import io.largesse.pools.Pools;
import java.time.Duration;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** What operators ask about books that may not balance, and do about it. It works in the calling thread. */
@Component
public class BookDesk {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Reconciler reconciler;
    private final Pools pools;
    private final ClaimStreams streams;
    private final Campaigns campaigns;
    private final Coupons coupons;
    private final Allotments allotments;
    private final Grants grants;
    private final CodeDesk codes;
    private final AuditTrail audit;

    BookDesk(
            Reconciler reconciler,
            Pools pools,
            ClaimStreams streams,
            Campaigns campaigns,
            Coupons coupons,
            Allotments allotments,
            Grants grants,
            CodeDesk codes,
            AuditTrail audit) {
        this.reconciler = reconciler;
        this.pools = pools;
        this.streams = streams;
        this.campaigns = campaigns;
        this.coupons = coupons;
        this.allotments = allotments;
        this.grants = grants;
        this.codes = codes;
        this.audit = audit;
    }

    /** The campaign's books as they are. Changes nothing and stops nobody; some seconds for a million codes. */
    public Books books(Campaign campaign) {
        return reconciler.books(campaign);
    }

    /**
     * Makes the books balance: codes that are somebody's leave the pool, codes that are nowhere are void. The campaign's gate is
     * closed meanwhile. Refused while one of its grants runs, and while claims wait to be written.
     */
    public Books repair(Campaign campaign, Actor by) {
        requireNoGrant(campaign);
        var wasOpen = close(campaign);
        var books = reconciler.books(campaign);
        for (var code : books.twice()) {
            takeOut(campaign, code);
        }
        var after = books.twice().isEmpty() ? books : reconciler.books(campaign);
        if (after.lost() > 0) {
            campaigns.voidLost(campaign, after.lost(), by);
        }
        if (!books.balance()) {
            audit.record(
                    by,
                    "books.repair",
                    "campaign " + campaign.name(),
                    null,
                    "{\"lost\": " + after.lost() + ", \"twice\": " + books.twiceInAll() + "}");
        }
        if (wasOpen.open()) {
            pools.gates().open(campaign.id());
        }
        return reconciler.books(campaign);
    }

    /** A code in two pools stays in one of them; one that somebody has stays in none. */
    private void takeOut(Campaign campaign, Books.Twice twice) {
        int stood = 0;
        int last = 0;
        for (int shard = 0; shard < pools.shards(); shard++) {
            if (pools.remove(campaign.id(), shard, java.util.List.of(twice.code())) > 0) {
                stood++;
                last = shard;
            }
        }
        if (stood > 0 && twice.here().equals(twice.there()) && twice.here().equals(CodeMap.Place.POOL.name())) {
            pools.add(campaign.id(), last, twice.code());
        }
    }

    /**
     * After Redis has lost a campaign's pool: every code that is neither a coupon nor a grant's is void, for ever, and as many are
     * generated anew. Whoever had been answered with one that was not written yet has lost it.
     *
     * @return how many codes were generated anew
     */
    public long rebuild(Campaign campaign, Actor by, Consumer<RunProgress> progress) {
        if (campaign.status() == CampaignStatus.ENDED) {
            throw RefusedException.of("coupons.campaign.not-active", campaign.name(), campaign.status());
        }
        requireNoGrant(campaign);
        close(campaign);
        var held = coupons.count(campaign) + allotments.unissuedOf(campaign);
        pools.forget(campaign.id());
        var lost = campaigns.voidAllBut(campaign, held, by);
        if (lost > 0) {
            codes.generate(campaigns.byId(campaign.id()), lost, by, progress);
        } else {
            pools.gates().open(campaign.id());
        }
        return lost;
    }

    private void requireNoGrant(Campaign campaign) {
        for (var grant : grants.unfinishedOf(campaign)) {
            if (grant.state() == io.largesse.coupons.GrantState.RUNNING) {
                throw RefusedException.of("jobs.books.grant", campaign.name(), grant.id());
            }
        }
    }

    /** And waits until the claims that were answered before are written. */
    private Gate close(Campaign campaign) {
        var before = pools.gates().of(campaign.id());
        pools.gates().close(campaign.id());
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (waiting(campaign)) {
            if (System.nanoTime() > deadline) {
                if (before.open()) {
                    pools.gates().open(campaign.id());
                }
                throw RefusedException.of("jobs.books.claims", campaign.name());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(100).toNanos());
        }
        return before;
    }

    private boolean waiting(Campaign campaign) {
        var found = new java.util.concurrent.atomic.AtomicBoolean();
        for (int shard = 0; shard < pools.shards(); shard++) {
            streams.forEach(shard, entry -> found.compareAndSet(false, entry.campaign() == campaign.id()));
        }
        return found.get();
    }
}
