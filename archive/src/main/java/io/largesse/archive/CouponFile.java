package io.largesse.archive;

import io.largesse.coupons.ArchiveDraft;
import io.largesse.coupons.ArchivedCampaign;
import io.largesse.coupons.CodeBits;
import io.largesse.coupons.CodePlaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.hadoop.ParquetWriter;
import org.jspecify.annotations.Nullable;

/**
 * Coupons of one campaign on their way into a Parquet file, with what is to be known of them. Not thread safe.
 */
final class CouponFile implements AutoCloseable {

    private final ArchivedCampaign campaign;
    private final CodePlaces places;
    private final Path file;
    private final ParquetWriter<ArchivedCoupon> writer;
    private final CodeBits codes = new CodeBits();
    private final List<ArchivedCoupon> waiting = new ArrayList<>();
    private final ContentSum content = new ContentSum();
    private final Extent<String> users = new Extent<>(Extent.BY_CODE_POINT);
    private final Extent<Long> issued = new Extent<>(Long::compare);
    private final Extent<Long> updated = new Extent<>(Long::compare);
    private @Nullable Misfit misfit;

    CouponFile(ArchivedCampaign campaign, CodePlaces places, Path file) throws IOException {
        this.campaign = campaign;
        this.places = places;
        this.file = file;
        this.writer = CouponWriter.to(file, id -> campaign);
    }

    void add(ArchivedCoupon coupon) throws IOException {
        waiting.add(coupon);
        if (waiting.size() == CodePlaces.MOST_AT_ONCE) {
            write();
        }
    }

    /** Once their codes are known to be of the campaign. */
    private void write() throws IOException {
        var at = places.of(waiting.stream().map(ArchivedCoupon::code).toList());
        for (int i = 0; i < at.size() && misfit == null; i++) {
            var coupon = waiting.get(i);
            var place = at.get(i);
            if (place == null || !codes.add(place)) {
                misfit = new Misfit(campaign.name(), coupon.code(), place != null);
            } else {
                write(coupon);
            }
        }
        waiting.clear();
    }

    private void write(ArchivedCoupon coupon) throws IOException {
        writer.write(coupon);
        content.add(coupon);
        users.add(coupon.userId());
        issued.add(coupon.issuedAt());
        updated.add(coupon.updatedAt());
    }

    /**
     * Ends the file; null if a coupon did not fit in, which keeps the others of its campaign and part out as well: what is
     * deleted later must be told apart by pages and campaign alone.
     */
    @Nullable
    Exported end(String part, long filenode, Instant cutoff) throws IOException {
        write();
        writer.close();
        if (misfit != null) {
            return null;
        }
        var draft = new ArchiveDraft(
                campaign,
                part,
                filenode,
                cutoff,
                Sha256.of(file),
                Files.size(file),
                content.coupons(),
                content.toString(),
                users.first(),
                users.last(),
                ArchivedCoupon.instant(issued.first()),
                ArchivedCoupon.instant(issued.last()),
                ArchivedCoupon.instant(updated.first()),
                ArchivedCoupon.instant(updated.last()));
        return new Exported(draft, file, codes);
    }

    /** The first coupon whose code is none of the campaign's, or came before; null if there is none. */
    @Nullable
    Misfit misfit() {
        return misfit;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
