package io.largesse.app.worker;

import io.largesse.coupons.Actor;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Run;
import io.largesse.coupons.Runs;
import io.largesse.jobs.GrantDesk;
import io.largesse.jobs.JobDesk;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Goes on with runs whose process has died, one at a time, without being asked. A run that has been taken up too often
 * waits for a person: whatever kills it would kill this node too.
 */
final class DeadRuns implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DeadRuns.class);

    /** Codes that were generated for a grant which waits for them. */
    private static final Pattern CODES_FOR_GRANT = Pattern.compile("codes for grant (\\d+)");

    private static final int MOST_ATTEMPTS = 5;
    private static final long LOOK_MILLIS = 2_000;
    private static final long LONGEST_STOP_MILLIS = 15_000;

    private final Runs runs;
    private final JobDesk jobs;
    private final GrantDesk grants;
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private volatile boolean running;
    private volatile @Nullable Run current;
    private volatile Thread thread = new Thread();

    DeadRuns(Runs runs, JobDesk jobs, GrantDesk grants) {
        this.runs = runs;
        this.jobs = jobs;
        this.grants = grants;
    }

    @Override
    public void start() {
        running = true;
        thread = new Thread(this::run, "worker");
        thread.setDaemon(true);
        thread.start();
    }

    /** Stops what it works on after the chunk under way, and leaves it to other nodes. */
    @Override
    public void stop() {
        running = false;
        var working = current;
        try {
            if (working != null) {
                jobs.stop(working.id(), actor());
            }
            thread.join(LONGEST_STOP_MILLIS);
            if (working != null) {
                runs.release(working.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("run {} could not be left to others; restart it: largesse job restart {}", working, working, e);
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        while (running) {
            try {
                var dead = next();
                if (dead == null) {
                    pause();
                } else {
                    goOn(dead);
                }
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("cannot look for dead runs: {}", e.toString());
                pause();
            } catch (RuntimeException e) {
                LOG.error("could not go on with a dead run", e);
                pause();
            }
        }
    }

    /** Asked anew each time: what was dead may have been stopped or taken up by somebody else since. */
    private @Nullable Run next() {
        return runs.dead(MOST_ATTEMPTS).stream()
                .filter(run -> !refused.contains(run.id()))
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
            refused.add(dead.id()); // whatever a person may do about it, he will restart it himself
            LOG.warn("run {} is not to be gone on with: {}", dead.id(), e.why());
        } finally {
            current = null;
        }
    }

    private static Actor actor() {
        return new Actor("largesse", "worker", UUID.randomUUID().toString().substring(0, 8));
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            return; // stopped
        }
    }
}
