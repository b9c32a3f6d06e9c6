package io.largesse.jobs;

import io.largesse.archive.ArchiveFile;
import io.largesse.archive.ArchivedCoupon;
import io.largesse.archive.CouponConsumer;
import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Archives;
import io.largesse.coupons.CodeBits;
import io.largesse.coupons.CodePlaces;
import io.largesse.coupons.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads archived coupons where they are. Those that are in the table again are not told. */
@Component
class ArchiveReader {

    private final Archives archives;
    private final ObjectStore store;
    private final WorkFolder folder;

    ArchiveReader(Archives archives, ObjectStore store, WorkFolder folder) {
        this.archives = archives;
        this.store = store;
        this.folder = folder;
    }

    /** The coupon of a code; null if it is not archived. */
    @Nullable
    ArchivedCoupon find(String code) throws IOException {
        var wanted = new ArchiveSelection(null, null, code, null, null);
        var found = new ArrayList<ArchivedCoupon>();
        for (var object : archives.select(wanted)) {
            read(object, wanted, found::add);
        }
        return found.isEmpty() ? null : found.get(0);
    }

    /** Those of an object that are asked for. */
    void read(ArchiveObject object, ArchiveSelection wanted, CouponConsumer consumer) throws IOException {
        read(object, object.archived() == object.coupons() ? null : archives.codes(object), wanted, consumer);
    }

    /** @param there the codes of those that are not in the table; null for all */
    void read(ArchiveObject object, @Nullable CodeBits there, ArchiveSelection wanted, CouponConsumer consumer)
            throws IOException {
        if (there == null) {
            readAll(object, wanted, consumer);
            return;
        }
        var places = archives.places(object.campaignId());
        readAll(object, wanted, coupon -> {
            if (isThere(coupon, places, there)) {
                consumer.accept(coupon);
            }
        });
    }

    private static boolean isThere(ArchivedCoupon coupon, CodePlaces places, CodeBits there) {
        var place = places.of(coupon.code());
        return place != null && there.contains(place);
    }

    /** Those too that are in the table again. */
    void readAll(ArchiveObject object, ArchiveSelection wanted, CouponConsumer consumer) throws IOException {
        var file = folder.make("restore", null, ".parquet");
        try {
            store.fetch(object.key(), file);
            ArchiveFile.read(file, wanted, consumer);
        } finally {
            folder.remove(file);
        }
    }

    List<ArchiveObject> objects(ArchiveSelection wanted) {
        return archives.select(wanted);
    }
}
