package io.largesse.app.claim;

import io.largesse.pools.Claims;
import io.largesse.pools.PoolsUnavailableException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether Redis answers claims, and this node writes them. */
final class ClaimHealth implements HealthIndicator {

    private static final int SILENCE_SECONDS = 30;

    private final Claims claims;
    private final ClaimDrain drain;
    private final Isolation isolation;

    ClaimHealth(Claims claims, ClaimDrain drain, Isolation isolation) {
        this.claims = claims;
        this.drain = drain;
        this.isolation = isolation;
    }

    @Override
    public Health health() {
        try {
            var writes = drain.secondsSinceRound() < SILENCE_SECONDS;
            return claims.isOpen() && writes && !isolation.isIsolated()
                    ? Health.up().build()
                    : Health.down().build();
        } catch (PoolsUnavailableException e) {
            return Health.down().build();
        }
    }
}
