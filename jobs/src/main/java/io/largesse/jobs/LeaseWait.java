package io.largesse.jobs;

import io.largesse.coupons.Run;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.Runs;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
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
        var total = Runs.LEASE.toSeconds();
        var began = Instant.EPOCH;
        for (long waited = 0; waited <= total && isHeld(run); waited++) {
            listener.accept(new RunProgress("waiting for the lease of " + run.owner(), waited, total, 0, 0, began));
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
        }
        return runs.takeOver(run.id(), self);
    }

    private boolean isHeld(Run run) {
        var now = runs.find(run.id());
        return now.state().isActive() && now.alive();
    }
}
