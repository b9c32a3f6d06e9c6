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

    ClaimHealth(Claims claims, ClaimDrain drain) {
        this.claims = claims;
        this.drain = drain;
    }

    @Override
    public Health health() {
        try {
            var writes = drain.secondsSinceRound() < SILENCE_SECONDS;
            return claims.isOpen() && writes
                    ? Health.up().build()
                    : Health.down().build();
        } catch (PoolsUnavailableException e) {
            return Health.down().build();
        }
    }
}
