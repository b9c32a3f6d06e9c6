package io.largesse.pools;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntToLongFunction;

/**
 * Answers claims of many users at once: requests of a shard and campaign that come while one script call is under way
 * go together in the next. A claim that comes alone waits for nobody. Thread safe.
 */
public final class ClaimLanes {

    private final Claims claims;
    private final Moves moves;
    private final IntToLongFunction epochs;
    private final Executor searches;
    private final Map<Place, ClaimLane> lanes = new ConcurrentHashMap<>();
    private final Map<Long, SoldOut> soldOut = new ConcurrentHashMap<>();

    /**
     * @param epochs the epoch that each shard must have
     * @param searches where codes of other shards are looked for, which blocks
     */
    public ClaimLanes(Claims claims, Pools pools, IntToLongFunction epochs, Executor searches) {
        this.claims = claims;
        this.moves = pools.moves();
        this.epochs = epochs;
        this.searches = searches;
    }

    /**
     * Answers one request, never with {@link ClaimAnswer.Empty}. The future fails with {@link PoolsUnavailableException} if
     * Redis does not answer.
     */
    public CompletableFuture<ClaimAnswer> claim(ClaimTerms terms, ClaimRequest request) {
        var place = new Place(terms.pool(), claims.users().of(request.user()));
        var lane = lanes.computeIfAbsent(place, this::lane);
        return lane.add(terms, request);
    }

    private ClaimLane lane(Place place) {
        var sold = soldOut.computeIfAbsent(place.pool, pool -> new SoldOut());
        return new ClaimLane(
                (terms, requests) ->
                        claims.claim(place.shard, epochs.applyAsLong(place.shard), terms, sold.isKnown(), requests),
                () -> CompletableFuture.supplyAsync(() -> moves.refill(place.pool, place.shard), searches)
                        .thenApply(found -> {
                            sold.tell(found == Moves.Found.SOLD_OUT);
                            return found;
                        }));
    }

    private record Place(long pool, int shard) {}

    /** That no shard has codes is believed for a moment, so that those who come too late cost one call. */
    private static final class SoldOut {

        private static final long BELIEVED_NANOS = 400_000_000;

        private volatile long until = System.nanoTime();

        boolean isKnown() {
            return until - System.nanoTime() > 0;
        }

        void tell(boolean soldOut) {
            until = System.nanoTime() + (soldOut ? BELIEVED_NANOS : 0);
        }
    }
}
