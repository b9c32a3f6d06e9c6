package io.largesse.coupons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** How far the claims of each shard are written, and what was made good among them. */
@Component
public class ClaimShards {

    private final ClaimShardMapper shards;
    private final Campaigns campaigns;
    private final PoolNumbers numbers;
    private final Archives archives;
    private final AuditTrail audit;
    private final Clock clock;

    ClaimShards(
            ClaimShardMapper shards,
            Campaigns campaigns,
            PoolNumbers numbers,
            Archives archives,
            AuditTrail audit,
            Clock clock) {
        this.shards = shards;
        this.campaigns = campaigns;
        this.numbers = numbers;
        this.archives = archives;
        this.audit = audit;
        this.clock = clock;
    }

    public List<ClaimShard> all() {
        return shards.all();
    }

    /** Puts on record how far Redis has counted in each shard, from the first on. */
    @Transactional
    public void beat(List<Long> beats) {
        shards.beat(beats.stream().map(String::valueOf).toList());
    }

    /** Puts a shard on record whose first epoch Redis has. */
    public void begin(int shard) {
        shards.insert(shard);
    }

    /** Lets nobody else decide about this claim until the end of the transaction. */
    public void lock(ClaimEntry entry) {
        var unused = shards.lock(entry);
    }

    /**
     * Lets no claim of the shard be answered any more until Redis has the epoch that follows.
     *
     * @return whether it was this call that did
     */
    @Transactional
    public boolean distrust(ClaimShard shard) {
        var first = shards.distrust(shard.shard(), shard.epoch()) == 1;
        if (first) {
            record("claims.redis-went-back", shard.shard(), "{\"epoch\": " + (shard.epoch() + 1) + "}");
        }
        return first;
    }

    /** Redis has all users' counts again. */
    @Transactional
    public void trust(ClaimShard shard) {
        if (shards.trust(shard.shard(), shard.epoch()) == 1) {
            record("claims.counts-rebuilt", shard.shard(), "{\"epoch\": " + shard.epoch() + "}");
        }
    }

    private void record(String what, int shard, String after) {
        audit.record(job(), what, "shard " + shard, null, after);
    }

    private static Actor job() {
        return new Actor("largesse", "job", "claims");
    }

    /** Whether this transaction is the one that may rebuild the shard; until its end nobody else is. */
    public boolean tryLock(ClaimShard shard) {
        return shards.tryLock(shard.shard());
    }

    /** All written claims of a campaign, user by user, each user's in their order. In a transaction. */
    public void claimsOf(long campaign, Consumer<WrittenClaim> reader) {
        try (var claims = shards.claimsOf(campaign)) {
            claims.forEach(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of the codes that a coupon, archived or not, or a grant has, or that are void. */
    public List<String> usedOf(long campaign, List<String> codes) {
        var used = shards.usedOf(campaign, codes);
        if (archives.isAny(campaign)) {
            codes.stream()
                    .filter(code -> !used.contains(code) && archives.holding(code) != null)
                    .forEach(used::add);
        }
        return used;
    }

    private boolean isHeld(ClaimEntry entry) {
        return shards.isHeld(entry) || (archives.isAny(entry.campaign()) && archives.holding(entry.code()) != null);
    }

    /** Codes of a campaign that claims were answered with and that are void. */
    public Set<String> voided(Campaign campaign) {
        return Set.copyOf(shards.voided(campaign.id()));
    }

    /** The campaign of a claim; null if PostgreSQL was restored to a moment at which there was none. */
    public @Nullable Campaign campaignOf(ClaimEntry entry) {
        return shards.campaignOf(entry);
    }

    /** The code that the user has for this claim; null if none is written. */
    public @Nullable String codeOf(ClaimEntry entry) {
        return shards.codeOf(entry);
    }

    /**
     * The user has another coupon for this claim: his count had been lost. The code he was told last is void, unless
     * somebody has it.
     */
    @Transactional
    public void keepsOther(ClaimEntry entry, String other) {
        // of a pool that was left it is void already
        var voided = !isHeld(entry) && numbers.hold(entry.campaign()) == entry.pool();
        if (shards.conflict(entry, other, voided, clock.instant()) == 1) {
            if (voided) {
                shards.voidOne(entry.campaign());
            }
            record("claim.had-another", entry, other);
        }
    }

    /**
     * Writes a claim whose code nobody has. In a transaction that {@linkplain PoolNumbers#hold holds} its pool.
     *
     * @return false if somebody has it
     */
    @Transactional
    public boolean writeIfFree(ClaimEntry entry) {
        var free = !isHeld(entry);
        if (free) {
            shards.insertCoupon(entry, entry.code(), clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
        return free;
    }

    /** The code is somebody else's: the user has the other one instead. Nothing if that was done before. */
    @Transactional
    public void replace(ClaimEntry entry, String fresh) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (shards.conflict(entry, fresh, false, now) == 1) {
            shards.insertCoupon(entry, fresh, now);
            record("claim.code-came-back", entry, fresh);
        }
    }

    /** The user has nothing for this claim: its code is somebody else's, and the campaign gives no other any more. */
    @Transactional
    public void lost(ClaimEntry entry) {
        record("claim.lost", entry, "");
    }

    private void record(String what, ClaimEntry entry, String instead) {
        audit.record(
                job(),
                what,
                "campaign " + campaigns.byId(entry.campaign()).name(),
                "{\"code\": \"" + entry.code() + "\", \"entry\": \"" + entry.shard() + ":" + entry.id() + "\"}",
                "{\"code\": \"" + instead + "\"}");
    }
}
