package io.largesse.pools;

import io.largesse.pools.ClaimAnswer.Claimed;
import io.largesse.pools.ClaimAnswer.Empty;
import io.largesse.pools.ClaimAnswer.Refused;
import io.largesse.pools.ClaimAnswer.TooFast;
import io.largesse.pools.ClaimAnswer.Unavailable;
import io.largesse.pools.ClaimAnswer.Unavailable.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RBatch;
import org.redisson.api.RedissonClient;
import org.redisson.api.redisnode.RedisNode;
import org.redisson.api.redisnode.RedisNodes;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Claims as Redis answers them: one script, one round trip. Thread safe. */
public final class Claims {

    /** The most requests of one script call, some 2 ms of Redis' time. */
    public static final int MOST_AT_ONCE = 64;

    /** How long it is remembered why a user was refused. */
    public static final Duration REFUSALS = Duration.ofDays(7);

    /** Of a campaign, shard and day; later ones are only counted. Some 90 bytes each. */
    private static final int MOST_REFUSALS = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Claims.class);

    /** A sorted set takes the greater of two without a script. */
    private static final String BEAT = "beat";

    private final RedissonClient redisson;
    private final Scripts scripts;
    private final int shards;
    private final long mostWaiting;

    /** Whether Redis ever answered: the first connection is made by the thread that asks, which must not be one of claims'. */
    private volatile boolean reached;

    /**
     * @param mostWaiting claims in all that may wait for PostgreSQL; some 300 bytes of Redis' memory each
     */
    public Claims(RedissonClient redisson, int shards, long mostWaiting) {
        this.redisson = redisson;
        this.scripts = new Scripts(redisson);
        this.shards = shards;
        this.mostWaiting = mostWaiting;
    }

    public UserShards users() {
        return new UserShards(shards);
    }

    /**
     * Answers requests of users of one shard, in their order. The future fails with {@link PoolsUnavailableException}:
     * each may have been answered with a coupon then, which the same request will find.
     *
     * @param epoch that this shard of Redis must have
     * @param lastCodes whether no other shard has codes: an empty pool then means that all are sold
     */
    public CompletableFuture<List<ClaimAnswer>> claim(
            int shard, long epoch, ClaimTerms terms, boolean lastCodes, List<ClaimRequest> requests) {
        if (!reached) {
            return CompletableFuture.failedFuture(
                    new PoolsUnavailableException("claim", new RedisException("it was not reached yet")));
        }
        var minute = Math.floorDiv(terms.now().toEpochMilli(), TimeUnit.MINUTES.toMillis(1));
        var keys = new ArrayList<Object>(9);
        keys.add(Keys.pool(shard, terms.pool()));
        keys.add(Keys.gate(shard, terms.pool()));
        keys.add(Keys.claimed(shard, terms.ledger()));
        keys.add(Keys.claims(shard));
        keys.add(Keys.refused(shard, terms.ledger(), day(terms.now())));
        keys.add(Keys.epoch(shard));
        keys.add(Keys.requests(shard, minute));
        keys.add(Keys.requests(shard, minute - 1));
        keys.add(Keys.requests(shard, minute - 4));
        var refusal = terms.refusal();
        var arguments = new ArrayList<Object>(14 + 2 * requests.size());
        arguments.add(epoch);
        arguments.add(terms.campaign());
        arguments.add(terms.now().toEpochMilli());
        arguments.add(terms.limit());
        arguments.add(terms.requestsPerMinute());
        arguments.add(refusal == null ? "open" : refusal.word());
        arguments.add(mostWaiting / shards);
        arguments.add(MOST_REFUSALS);
        arguments.add(REFUSALS.plusDays(1).toSeconds());
        arguments.add(lastCodes ? "1" : "0");
        arguments.add(terms.validFrom().toEpochMilli());
        arguments.add(terms.validTo().toEpochMilli());
        arguments.add(terms.faceValue());
        arguments.add(terms.pool());
        for (var request : requests) {
            arguments.add(request.user());
            arguments.add(request.key());
        }
        return scripts.sendKnown("claim", Script.CLAIM, keys, arguments.toArray())
                .thenApply(answers -> answers.lines().map(Claims::answer).toList());
    }

    /** Whether claims are answered: not since Redis was started, until somebody has looked at what it has. */
    public boolean isOpen() {
        return scripts.isKnown(Script.CLAIM);
    }

    /** Makes the first connection, so that a claim need not wait for it; until Redis was reached, claims are not answered. */
    public void reach() {
        try {
            var unused = instance();
        } catch (PoolsUnavailableException e) {
            LOG.warn("claims are answered as soon as Redis is there: {}", e.getMessage());
        }
    }

    /** Which start of Redis this is: another one may have lost what was written last. */
    public String instance() {
        var id = Scripts.answer(
                "ask Redis who it is",
                () -> String.valueOf(redisson.getRedisNodes(RedisNodes.SINGLE)
                        .getInstance()
                        .info(RedisNode.InfoSection.SERVER)
                        .get("run_id")));
        reached = true;
        return id;
    }

    /** From now on claims are answered. */
    public void open() {
        scripts.teach(Script.CLAIM);
        reached = true;
    }

    private static ClaimAnswer answer(String answer) {
        var words = answer.split(" ");
        return switch (words[0]) {
            case "claimed", "again" ->
                new Claimed(
                        words[1],
                        Instant.ofEpochMilli(Long.parseLong(words[2])),
                        Instant.ofEpochMilli(Long.parseLong(words[3])),
                        Integer.parseInt(words[4]),
                        words[0].equals("again"));
            case "slow" -> new TooFast(Integer.parseInt(words[1]));
            case "refused" -> new Refused(ClaimRefusal.of(words[1]));
            case "empty" -> new Empty();
            case "backlog" -> new Unavailable(Reason.BACKLOG);
            case "closed" -> new Unavailable(Reason.GATE);
            case "behind" -> new Unavailable(Reason.EPOCH);
            default -> throw new IllegalStateException("the claim script answered " + words[0]);
        };
    }

    /** What a user has claimed of each campaign, by its ledger, written to PostgreSQL or not. */
    public List<UserClaim> ofUser(String user, List<Long> ledgers) {
        if (ledgers.isEmpty()) {
            return List.of();
        }
        var shard = users().of(user);
        return Scripts.answer("read the claims of a user", () -> {
            RBatch batch = redisson.createBatch();
            for (var ledger : ledgers) {
                var unused = batch.<String, String>getMap(Keys.claimed(shard, ledger), StringCodec.INSTANCE)
                        .getAsync(user);
            }
            var found = new ArrayList<UserClaim>();
            var lines = batch.execute().getResponses();
            for (int i = 0; i < lines.size(); i++) {
                found.addAll(UserClaim.of(ledgers.get(i), (String) lines.get(i)));
            }
            return found;
        });
    }

    /** Why a user was last refused, of the days that are remembered, newest first. */
    public List<ClaimTrace> refusals(String user, long ledger, Instant now) {
        var shard = users().of(user);
        return Scripts.answer("read why a user was refused", () -> {
            RBatch batch = redisson.createBatch();
            for (long day = day(now); day > day(now) - REFUSALS.toDays(); day--) {
                var unused = batch.<String, String>getMap(Keys.refused(shard, ledger, day), StringCodec.INSTANCE)
                        .getAsync(user);
            }
            return batch.execute().getResponses().stream()
                    .map(trace -> ClaimTrace.of((String) trace))
                    .filter(java.util.Objects::nonNull)
                    .toList();
        });
    }

    /** Whether some refusals of a campaign were too many to be remembered one by one. */
    public boolean hasForgotten(String user, long ledger, Instant now) {
        return refusals(" more", users().of(user), ledger, now);
    }

    private boolean refusals(String field, int shard, long ledger, Instant now) {
        return Scripts.answer("read how many were refused", () -> {
            RBatch batch = redisson.createBatch();
            for (long day = day(now); day > day(now) - REFUSALS.toDays(); day--) {
                var unused = batch.<String, String>getMap(Keys.refused(shard, ledger, day), StringCodec.INSTANCE)
                        .getAsync(field);
            }
            return batch.execute().getResponses().stream().anyMatch(java.util.Objects::nonNull);
        });
    }

    private static long day(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), TimeUnit.DAYS.toMillis(1));
    }

    /** The epoch of a shard's claims; null if it has none: it is new, or has lost its data. */
    public @Nullable Long epoch(int shard) {
        var epoch = Scripts.answer("read the epoch of shard " + shard, () -> redisson.<String>getBucket(
                        Keys.epoch(shard), StringCodec.INSTANCE)
                .get());
        return epoch == null ? null : Long.valueOf(epoch);
    }

    /** Whether a shard has not the epoch that PostgreSQL wants it to have. */
    public boolean isBehind(int shard, long epoch) {
        var has = epoch(shard);
        return has == null || has < epoch;
    }

    /** Counts on in each shard; answers how far, from the first shard on. */
    public List<Long> beat() {
        return Scripts.answer("count", () -> {
            var batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var unused = batch.<String>getScoredSortedSet(Keys.beat(shard), StringCodec.INSTANCE)
                        .addScoreAsync(BEAT, 1);
            }
            return batch.execute().getResponses().stream()
                    .map(score -> ((Number) score).longValue())
                    .toList();
        });
    }

    /** How far each shard has counted; 0 if it has not begun, or has lost its data. */
    public List<Long> beats() {
        return Scripts.answer("read how far shards have counted", () -> {
            var batch = redisson.createBatch();
            for (int shard = 0; shard < shards; shard++) {
                var unused = batch.<String>getScoredSortedSet(Keys.beat(shard), StringCodec.INSTANCE)
                        .getScoreAsync(BEAT);
            }
            return batch.execute().getResponses().stream()
                    .map(score -> score == null ? 0L : ((Number) score).longValue())
                    .toList();
        });
    }

    /** The shard has all that it had lost: it counts on from there. */
    public void catchUp(int shard, long beat) {
        Scripts.answer("count on in shard " + shard, () -> redisson.<String>getScoredSortedSet(
                        Keys.beat(shard), StringCodec.INSTANCE)
                .addIfGreater(beat, BEAT));
    }

    /** From now on claims that expect this epoch are answered, and no others. */
    public void setEpoch(int shard, long epoch) {
        Scripts.answer("set the epoch of shard " + shard, () -> {
            redisson.<String>getBucket(Keys.epoch(shard), StringCodec.INSTANCE).set(Long.toString(epoch));
            return true;
        });
    }

    /**
     * Makes Redis remember claims that it has forgotten; those that it knows keep their keys.
     *
     * @param ofUsers of one campaign and shard: each user's claims in their order
     */
    public void remember(int shard, long ledger, Map<String, List<UserClaim>> ofUsers) {
        var arguments = new ArrayList<Object>();
        ofUsers.forEach((user, claims) -> {
            arguments.add(user);
            arguments.add(claims.size());
            for (var claim : claims) {
                arguments.add(claim.code());
                arguments.add(claim.at().toEpochMilli());
                arguments.add(claim.validTo().toEpochMilli());
                arguments.add(claim.ordinal());
            }
        });
        var keys = List.<Object>of(Keys.claimed(shard, ledger));
        var unused = scripts.run("remember claims", Script.REMEMBER_CLAIMS, keys, arguments.toArray());
    }

    /** Gives a user's claim another code; null takes the claim away. */
    public boolean replace(long ledger, String user, String code, @Nullable String instead) {
        var shard = users().of(user);
        return scripts.run(
                        "replace a claimed code",
                        Script.REPLACE_CLAIM,
                        List.of(Keys.claimed(shard, ledger)),
                        user,
                        code,
                        instead == null ? "" : instead)
                .get(0)
                .equals("replaced");
    }
}
