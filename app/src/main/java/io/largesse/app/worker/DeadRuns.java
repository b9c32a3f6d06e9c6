package io.largesse.app.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.largesse.app.node.Repeating;
import io.largesse.coupons.Actor;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.Runs;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.JobDesk;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with runs whose process has died, one at a time, without being asked. A run that has been taken up too often
 * waits for a person: whatever kills it would kill this node too.
 */
final class DeadRuns extends Repeating {

    private static final Logger LOG = LoggerFactory.getLogger(DeadRuns.class);

    /** Codes that were generated for a grant which waits for them. */
    private static final Pattern CODES_FOR_GRANT = Pattern.compile("codes for grant (\\d+)");

    private static final int MOST_ATTEMPTS = 5;
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration REFUSED = Duration.ofMinutes(1);

    private final Runs runs;
    private final JobDesk jobs;
    private final GrantDesk grants;
    /** Not asked again for a while. */
    private final Cache<Long, Boolean> refused =
            Caffeine.newBuilder().expireAfterWrite(REFUSED).maximumSize(10_000).build();

    private volatile @Nullable Run current;

    DeadRuns(Runs runs, JobDesk jobs, GrantDesk grants) {
        super("worker", LOOK);
        this.runs = runs;
        this.jobs = jobs;
        this.grants = grants;
    }

    /** Stops what it works on after the chunk under way, and leaves it to other nodes. */
    @Override
    public void stop() {
        var working = current;
        try {
            if (working != null) {
                if (jobs.stop(working.id(), actor())) { // else a person has asked it to
                    runs.handOver(working.id());
                }
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "run {} could not be asked to stop; another node goes on with it once its lease is over",
                    working,
                    e);
        }
        super.stop();
        if (working != null) {
            runs.release(working.id());
        }
    }

    @Override
    protected boolean round() {
        var dead = next();
        if (dead == null) {
            return false;
        }
        goOn(dead);
        return true;
    }

    /** Asked anew each time: what was dead may have been stopped or taken up by somebody else since. */
    private @Nullable Run next() {
        return runs.dead(MOST_ATTEMPTS).stream()
                .filter(run -> refused.getIfPresent(run.id()) == null && !jobs.isOfThisProcess(run.id()))
                .findFirst()
                .orElse(null);
    }

    private void goOn(Run dead) {
        current = dead;
        try {
            LOG.info("run {} of {} on {}: {} is silent; going on", dead.id(), dead.job(), dead.subject(), dead.owner());
            var grant = CODES_FOR_GRANT.matcher(dead.subject());
            var outcome = grant.matches()
                    ? grants.restart(Long.parseLong(grant.group(1)), actor(), progress -> {})
                    : jobs.restart(dead.id(), actor(), progress -> {});
            LOG.info("run {} is {}", dead.id(), outcome.state());
        } catch (RefusedException e) {
            refused.put(dead.id(), true);
            LOG.warn("run {} is not to be gone on with: {}", dead.id(), e.why());
        } finally {
            current = null;
        }
    }

    private static Actor actor() {
        return new Actor("largesse", "worker", UUID.randomUUID().toString().substring(0, 8));
    }
}
