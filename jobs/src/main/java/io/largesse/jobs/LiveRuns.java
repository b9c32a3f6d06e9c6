package io.largesse.jobs;

import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** The progress of the runs of this process, for the steps that make it. */
@Component
class LiveRuns {

    private final Map<Long, Progress> live = new ConcurrentHashMap<>();
    private final Clock clock;

    LiveRuns(Clock clock) {
        this.clock = clock;
    }

    Progress begin(RunHold hold, Consumer<RunProgress> listener) {
        var progress = new Progress(clock, listener);
        live.put(hold.run(), progress);
        return progress;
    }

    Progress of(long run) {
        return Objects.requireNonNull(live.get(run), () -> "run " + run + " is not of this process");
    }

    boolean isLive(long run) {
        return live.containsKey(run);
    }

    /** Only what was begun with it: this process may have taken the run over from itself meanwhile. */
    void end(RunHold hold, Progress begun) {
        live.remove(hold.run(), begun);
    }
}
