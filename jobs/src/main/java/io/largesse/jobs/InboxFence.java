package io.largesse.jobs;

import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** What a run of take-inbox writes is written only while it is this process's. */
@Component
class InboxFence {

    private static final int LOOKS = 10;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Runs runs;
    private final TransactionOperations transactions;

    InboxFence(Runs runs, TransactionOperations transactions) {
        this.runs = runs;
        this.transactions = transactions;
    }

    /** A change in a transaction that holds the run's fence. */
    <T> T write(InboxRun run, Supplier<T> change) {
        return Objects.requireNonNull(transactions.execute(tx -> {
            var unused = runs.fence(run.hold());
            return change.get();
        }));
    }

    /**
     * To be called before anything that cannot be undone.
     *
     * @throws StopRequestedException if somebody has asked the run to stop
     */
    void requireMine(InboxRun run) {
        if (Boolean.TRUE.equals(transactions.execute(tx -> runs.fence(run.hold())))) {
            throw new StopRequestedException();
        }
    }

    boolean isStopping(InboxRun run) {
        return runs.find(run.hold().run()).state() == RunState.STOPPING;
    }

    /** Ctrl-C asks each run of a process to stop: this one maybe a moment after the grant that it works on. */
    boolean isStoppingSoon(InboxRun run) {
        for (int look = 0; look < LOOKS; look++) {
            if (isStopping(run)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return false;
    }
}
