package io.largesse.jobs;

import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits, for one lease at most, until a silent owner's time is over. A living owner renews its lease: then it is refused. */
final class LeaseWait {

    private final Runs runs;
    private final Consumer<RunProgress> listener;

    LeaseWait(Runs runs, Consumer<RunProgress> listener) {
        this.runs = runs;
        this.listener = listener;
    }

    RunHold takeOver(Run run, String self) {
        var total = runs.lease().time();
        var pause = runs.lease().beat();
        var began = Instant.EPOCH;
        for (var waited = Duration.ZERO; waited.compareTo(total) <= 0 && isHeld(run); waited = waited.plus(pause)) {
            listener.accept(new RunProgress(
                    "waiting for the lease of " + run.owner(), waited.toSeconds(), total.toSeconds(), 0, 0, began));
            LockSupport.parkNanos(pause.toNanos());
        }
        return runs.takeOver(run.id(), self);
    }

    private boolean isHeld(Run run) {
        var now = runs.find(run.id());
        return now.state().isActive() && now.alive();
    }
}
