package io.largesse.jobs;

import io.largesse.coupons.RunProgress;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** How far a run of this process is. Written by its steps, read by its heartbeat. */
class Progress {

    private final Clock clock;
    private final Consumer<RunProgress> listener;
    private final Object telling = new Object();
    private String phase = "starting";
    private long done;
    private long total;
    private int partitionsDone;
    private int partitions;
    private Instant since;

    Progress(Clock clock, Consumer<RunProgress> listener) {
        this.clock = clock;
        this.listener = listener;
        this.since = clock.instant();
    }

    /** @param total 0 if nobody knows yet */
    void begin(String phase, long done, long total) {
        synchronized (this) {
            this.phase = phase;
            this.done = done;
            this.total = total;
            this.partitions = 0;
            this.partitionsDone = 0;
            this.since = clock.instant();
        }
        tell();
    }

    /** Tells the listener, which is never called twice at once. */
    void tell() {
        synchronized (telling) {
            listener.accept(now());
        }
    }

    synchronized void partitions(int count) {
        partitions = count;
    }

    synchronized void partitionDone() {
        partitionsDone++;
    }

    synchronized void add(long n) {
        done += n;
    }

    synchronized void of(long done, long total) {
        this.done = done;
        this.total = total;
    }

    /** Counts what the transaction under way writes, once it is committed. */
    void addOnCommit(long n) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                add(n);
            }
        });
    }

    synchronized RunProgress now() {
        return new RunProgress(phase, done, total, partitionsDone, partitions, since);
    }
}
