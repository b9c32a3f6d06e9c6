package io.largesse.jobs;

import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import io.largesse.pools.Pools;
import io.largesse.pools.PoolsUnavailableException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** What a run does while Redis is away: it waits, and says so; whatever it asks of Redis may be asked again. */
@Component
class PoolsWait {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Of no campaign. */
    private static final long NOBODYS = 0;

    private final Pools pools;
    private final Runs runs;

    PoolsWait(Pools pools, Runs runs) {
        this.pools = pools;
        this.runs = runs;
    }

    /**
     * Until Redis answers.
     *
     * @return whether it had to be waited for at all
     * @throws StopRequestedException if somebody asks the run to stop
     */
    boolean await(RunHold hold, Progress progress) throws InterruptedException {
        progress.begin("redis", 0, 0);
        for (var away = false; ; away = true) {
            if (runs.fence(hold)) {
                throw new StopRequestedException();
            }
            Thread.sleep(PAUSE.toMillis());
            if (answers()) {
                return away;
            }
        }
    }

    private boolean answers() {
        try {
            var unused = pools.level(NOBODYS);
            return true;
        } catch (PoolsUnavailableException e) {
            return false;
        }
    }
}
