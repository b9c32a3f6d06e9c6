package io.largesse.jobs;

import io.largesse.archive.CouponExport;
import io.largesse.archive.CouponPages;
import io.largesse.archive.Exported;
import io.largesse.archive.Exports;
import io.largesse.coupons.ArchivedCampaign;
import io.largesse.coupons.Archives;
import io.largesse.coupons.CouponPartition;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RunHold;
import io.largesse.coupons.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Brings the coupons of a part into the object store, a file for each campaign, and reads them back. They stay in their
 * table. What it did for the part before is abandoned.
 */
@Component
class PartExport {

    private final Archives archives;
    private final ObjectStore store;
    private final WorkFolder folder;
    private final Runs runs;
    private final LiveRuns live;
    private final DataSource database;
    private final TransactionOperations transactions;

    PartExport(
            Archives archives,
            ObjectStore store,
            WorkFolder folder,
            Runs runs,
            LiveRuns live,
            DataSource database,
            TransactionOperations transactions) {
        this.archives = archives;
        this.store = store;
        this.folder = folder;
        this.runs = runs;
        this.live = live;
        this.database = database;
        this.transactions = transactions;
    }

    /**
     * @param remarks what is to be told of coupons that stay
     * @return false if the run was asked to stop before the part was done
     */
    boolean export(RunHold hold, ArchiveRequest request, String part, Consumer<String> remarks)
            throws IOException, SQLException {
        var stop = fenced(hold, () -> archives.abandon(hold.run(), part));
        var pages = ArchivePart.named(part);
        var campaigns = archives.settled(request.campaign(), CouponPartition.named(pages.partition())).stream()
                .collect(Collectors.toMap(ArchivedCampaign::id, Function.identity()));
        if (stop || campaigns.isEmpty()) {
            return !stop;
        }
        var files = new ArrayList<Path>();
        Supplier<Path> names = () -> {
            files.add(folder.make("archive", null, ".parquet"));
            return files.get(files.size() - 1);
        };
        try {
            var cold = new CouponPages(
                    pages.partition(), pages.firstPage(), pages.lastPage(), request.cutoff(), campaigns.keySet());
            var exports = read(cold, part, campaigns, names);
            exports.misfits().forEach(misfit -> remarks.accept(misfit + ": those of its part stay in the table"));
            for (var exported : exports.files()) {
                if (store(hold, exported, names)) {
                    return false;
                }
            }
        } finally {
            for (var file : files) {
                folder.remove(file);
            }
        }
        return true;
    }

    private Exports read(CouponPages cold, String part, Map<Long, ArchivedCampaign> campaigns, Supplier<Path> names)
            throws IOException, SQLException {
        // of its own: what is asked for meanwhile would wait for the end of the COPY
        try (var connection = database.getConnection()) {
            return CouponExport.export(connection, cold, part, campaigns, archives::places, names);
        }
    }

    /** On record first, so that whatever stands in the store is listed. @return whether the run was asked to stop */
    private boolean store(RunHold hold, Exported exported, Supplier<Path> names) throws IOException {
        var object = transactions.execute(tx -> {
            var begun = archives.begin(hold.run(), exported.draft());
            var unused = runs.fence(hold);
            return begun;
        });
        store.putOnce(java.util.Objects.requireNonNull(object).key(), exported.file());
        var back = names.get();
        store.fetch(object.key(), back);
        CouponExport.verify(back, exported);
        var stop = fenced(hold, () -> archives.verified(object, exported.codes()));
        live.of(hold.run()).add(object.coupons());
        return stop;
    }

    private boolean fenced(RunHold hold, Runnable change) {
        return Boolean.TRUE.equals(transactions.execute(tx -> {
            change.run();
            return runs.fence(hold);
        }));
    }
}
