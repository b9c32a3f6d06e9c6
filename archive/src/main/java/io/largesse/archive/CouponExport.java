package io.largesse.archive;

import io.largesse.coupons.ArchivedCampaign;
import io.largesse.coupons.CodePlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.apache.parquet.filter2.compat.FilterCompat;

/** Coupons from their table to files, a file for each campaign, and the proof that a file has them. */
public final class CouponExport {

    private CouponExport() {}

    /**
     * Writes the coupons of some pages to files. Memory: what the pages have, at most.
     *
     * @param campaigns those of the pages, by id
     * @param places of the codes of a campaign
     * @param files names for new files; they are the caller's, also if this fails
     */
    public static Exports export(
            Connection connection,
            CouponPages pages,
            String part,
            Map<Long, ArchivedCampaign> campaigns,
            LongFunction<CodePlaces> places,
            Supplier<Path> files)
            throws SQLException, IOException {
        var open = new HashMap<Long, CouponFile>();
        var filenode = pages.filenode(connection);
        try {
            pages.read(connection, coupon -> {
                var file = open.get(coupon.campaignId());
                if (file == null) {
                    var id = coupon.campaignId();
                    file = new CouponFile(Objects.requireNonNull(campaigns.get(id)), places.apply(id), files.get());
                    open.put(id, file);
                }
                file.add(coupon);
            });
            var exports = new Exports(new ArrayList<>(), new ArrayList<>());
            for (var file : open.values()) {
                var exported = file.end(part, filenode, pages.cutoff());
                if (exported != null) {
                    exports.files().add(exported);
                } else if (file.misfit() != null) {
                    exports.misfits().add(file.misfit());
                }
            }
            return exports;
        } finally {
            for (var file : open.values()) {
                file.close();
            }
        }
    }

    /** Whether a file that came back from the store is the one that was exported, and tells the same of the same coupons. */
    public static void verify(Path file, Exported exported) throws IOException {
        var draft = exported.draft();
        if (!Sha256.of(file).equals(draft.sha256())) {
            throw new IOException("the object store has given back other bytes than it was given for "
                    + draft.campaign().name() + "; nothing of it was deleted. Restart the run");
        }
        var content = new ContentSum();
        CouponFileReader.read(file, FilterCompat.NOOP, content::add);
        if (!content.toString().equals(draft.content())) {
            throw new IOException("the file of " + draft.campaign().name() + " has " + content.coupons() + " of "
                    + draft.coupons() + " coupons, or others; nothing of it was deleted. Restart the run");
        }
    }
}
