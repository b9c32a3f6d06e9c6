package io.largesse.jobs;

import io.largesse.archive.ArchiveFile;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Archives;
import io.largesse.coupons.CouponPartition;
import io.largesse.coupons.Expirations;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** The steps of archive-coupons. */
@Component
class ArchiveWork {

    static final String BEFORE = "before";

    private static final int AT_ONCE = 10_000;

    private final Expirations coupons;
    private final Archives archives;
    private final ObjectStore store;
    private final WorkFolder folder;
    private final PartExport export;
    private final PartRemoval removal;
    private final Runs runs;
    private final TransactionOperations transactions;
    private final Clock clock;

    ArchiveWork(
            Expirations coupons,
            Archives archives,
            ObjectStore store,
            WorkFolder folder,
            PartExport export,
            PartRemoval removal,
            Runs runs,
            TransactionOperations transactions,
            Clock clock) {
        this.coupons = coupons;
        this.archives = archives;
        this.store = store;
        this.folder = folder;
        this.export = export;
        this.removal = removal;
        this.runs = runs;
        this.transactions = transactions;
        this.clock = clock;
    }

    static ArchiveRequest requestOf(StepExecution step) {
        var parameters = step.getJobExecution().getJobParameters();
        return new ArchiveRequest(
                parameters.getLong(CodeRun.CAMPAIGN),
                Instant.parse(Objects.requireNonNull(parameters.getString(BEFORE))));
    }

    /** Those that may have coupons to be archived. */
    List<CouponPartition> partitions(@Nullable Long campaign) {
        return coupons.partitions(campaign).stream()
                .filter(partition -> !archives.settled(campaign, partition).isEmpty())
                .toList();
    }

    /** What runs before this one have left unfinished is removed from the store: their coupons are in the table. */
    void clean(StepExecution step) throws IOException {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        transactions.executeWithoutResult(tx -> {
            archives.abandonOthers(hold.run());
            var unused = runs.fence(hold);
        });
        long last = 0;
        for (var some = archives.abandoned(last); !some.isEmpty(); some = archives.abandoned(last)) {
            for (var object : some) {
                // a name is never used again: nothing that is needed can stand there
                store.remove(object.key());
                if (fenced(hold, () -> archives.removed(object))) {
                    step.setTerminateOnly();
                    return;
                }
                last = object.id();
            }
        }
    }

    /** Coupons that were restored for a time which has passed leave the table again, if they are in the store yet. */
    void takeOut(StepExecution step) throws IOException {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        for (var object : archives.restored(clock.instant())) {
            if (!isWhole(object)) {
                Remarks.add(
                        step,
                        object.key() + " is not in the object store as it was archived: its coupons stay in the table");
                continue;
            }
            var n = AT_ONCE;
            while (n == AT_ONCE) {
                n = takeOut(hold, object);
                if (runs.fence(hold)) {
                    step.setTerminateOnly();
                    return;
                }
            }
        }
    }

    private boolean isWhole(ArchiveObject object) throws IOException {
        var file = folder.make("archive", null, ".parquet");
        try {
            store.fetch(object.key(), file);
            return ArchiveFile.isOf(file, object);
        } catch (NoSuchFileException e) {
            return false;
        } finally {
            folder.remove(file);
        }
    }

    private int takeOut(RunHold hold, ArchiveObject object) {
        var out = transactions.execute(tx -> {
            var n = archives.takeOut(archives.lock(object), clock.instant(), AT_ONCE);
            var unused = runs.fence(hold);
            return n;
        });
        return Objects.requireNonNull(out);
    }

    void exportPart(StepExecution step) throws Exception {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        if (!export.export(
                hold, requestOf(step), ArchivePart.nameOf(step.getStepName()), words -> Remarks.add(step, words))) {
            step.setTerminateOnly();
        }
    }

    void removePartition(StepExecution step) throws Exception {
        var hold = Fence.holdOf(step.getJobExecution().getJobParameters());
        if (!removal.remove(
                hold, requestOf(step), ArchivePart.nameOf(step.getStepName()), words -> Remarks.add(step, words))) {
            step.setTerminateOnly();
        }
    }

    private boolean fenced(RunHold hold, Runnable change) {
        return Boolean.TRUE.equals(transactions.execute(tx -> {
            change.run();
            return runs.fence(hold);
        }));
    }
}
