package io.largesse.app.claim;

import io.largesse.app.node.Repeating;
import io.largesse.pools.Claims;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Whether this node alone has lost PostgreSQL: it does not hear any more that a campaign is paused or has ended, and others
 * write what it answers, so that no backlog would ever stop it. Others are there if they count on in Redis, which nodes do only
 * as long as they hear PostgreSQL. If all have lost it, claims go on.
 */
final class Isolation extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(Isolation.class);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** More than nodes may count that lose PostgreSQL a moment later than this one. */
    private static final int BEATS_OF_OTHERS = 3;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final ClaimDatabase database;
    private final Claims claims;
    private final CampaignBoard board;
    private final ApplicationContext context;
    private volatile boolean isolated;
    private long heard = System.nanoTime();

    /** How far others had counted when this node had lost PostgreSQL. */
    private long beat = UNKNOWN;

    Isolation(ClaimDatabase database, Claims claims, CampaignBoard board, ApplicationContext context) {
        super("isolation", LOOK);
        this.database = database;
        this.claims = claims;
        this.board = board;
        this.context = context;
    }

    boolean isIsolated() {
        return isolated;
    }

    @Override
    public int getPhase() {
        return BENEATH_ANSWERS;
    }

    @Override
    protected boolean round() {
        if (database.answers()) {
            heard = System.nanoTime();
            beat = UNKNOWN;
            if (isolated) {
                board.read(); // what it has not heard of meanwhile
                become(false);
            }
        } else if (Duration.ofNanos(System.nanoTime() - heard).compareTo(PATIENCE) > 0) {
            var now = claims.beats().get(0);
            beat = Math.min(beat, now);
            if (!isolated && now - beat >= BEATS_OF_OTHERS) {
                become(true);
            }
        }
        return false;
    }

    private void become(boolean now) {
        isolated = now;
        // the other nodes fare better
        AvailabilityChangeEvent.publish(
                context, now ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC);
        if (now) {
            LOG.error(
                    "PostgreSQL does not answer this node, and does answer others: no claim is answered here until it does");
        } else {
            LOG.warn("PostgreSQL answers this node again, and claims are answered");
        }
    }
}
