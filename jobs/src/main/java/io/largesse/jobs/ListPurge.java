package io.largesse.jobs;

import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.OldLists;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Forgets lists that are older than anybody complains: first the grant says so, then its rows go, then what stands in the
 * object store. Whatever is interrupted is begun again from the grant's own word.
 */
@Component
class ListPurge {

    private final OldLists old;
    private final Lists lists;
    private final Grants grants;
    private final Leftovers leftovers;
    private final GrantReports reports;
    private final ObjectStore store;
    private final Runs runs;
    private final TransactionOperations transactions;

    ListPurge(
            OldLists old,
            Lists lists,
            Grants grants,
            Leftovers leftovers,
            GrantReports reports,
            ObjectStore store,
            Runs runs,
            TransactionOperations transactions) {
        this.old = old;
        this.lists = lists;
        this.grants = grants;
        this.leftovers = leftovers;
        this.reports = reports;
        this.store = store;
        this.runs = runs;
        this.transactions = transactions;
    }

    /** Staged rows of grants that are over. */
    void staging(RunHold hold, Instant before, Progress progress) {
        for (var some = old.staged(before); !some.isEmpty(); some = old.staged(before)) {
            for (long grant : some) {
                fenced(hold, () -> {
                    lists.dropStaging(grant);
                    return grant;
                });
                progress.add(1);
            }
        }
    }

    /** Lists of grants that were over before then, their copies from the inbox, and uploads that no grant needs any more. */
    void lists(RunHold hold, Instant before, Progress progress) {
        for (var grant = decided(hold, before); grant != null; grant = decided(hold, before)) {
            forget(hold, grant, progress);
        }
        while (fenced(hold, () -> removeMoved(before)) != null) {
            progress.add(1);
        }
        while (fenced(hold, this::removeUpload) != null) {
            progress.add(1);
        }
    }

    private @Nullable Long decided(RunHold hold, Instant before) {
        return fenced(hold, () -> old.next(before));
    }

    private void forget(RunHold hold, long grant, Progress progress) {
        Integer rows;
        do {
            rows = fenced(hold, () -> old.forgetRows(grant));
            progress.add(rows == null ? 0 : rows);
        } while (rows != null && rows > 0);
        leftovers.files(grants.find(grant));
        try {
            reports.remove(grant);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        fenced(hold, () -> {
            lists.dropStaging(grant);
            old.forgotten(grant);
            return grant;
        });
    }

    private @Nullable String removeMoved(Instant before) {
        var key = old.nextMoved(before);
        if (key != null) {
            try {
                for (var object : InboxMover.objects(key)) {
                    store.remove(object);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            old.movedRemoved(key);
        }
        return key;
    }

    /** In the transaction that locks it: who stores the same upload meanwhile waits, and stores it anew. */
    private @Nullable String removeUpload() {
        var key = old.nextUpload();
        if (key != null) {
            try {
                store.remove(key);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            old.removed(key);
        }
        return key;
    }

    private <T> @Nullable T fenced(RunHold hold, Supplier<@Nullable T> change) {
        var stop = new boolean[1];
        var answer = transactions.execute(tx -> {
            var changed = change.get();
            stop[0] = runs.fence(hold);
            return changed;
        });
        if (stop[0]) {
            throw new StopRequestedException();
        }
        return answer;
    }
}
