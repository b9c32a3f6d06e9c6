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

/**
 * Coupons of one campaign on their way into a Parquet file, with what is to be known of them. Not thread safe.
 */
final class CouponFile implements AutoCloseable {

    private final ArchivedCampaign campaign;
    private final CodePlaces places;
    private final Path file;
    private final ParquetWriter<ArchivedCoupon> writer;
    private final CodeBits codes = new CodeBits();
    private final List<String> written = new ArrayList<>();
    private final ContentSum content = new ContentSum();
    private final Extent<String> users = new Extent<>(Extent.BY_CODE_POINT);
    private final Extent<Long> issued = new Extent<>(Long::compare);
    private final Extent<Long> updated = new Extent<>(Long::compare);

    CouponFile(ArchivedCampaign campaign, CodePlaces places, Path file) throws IOException {
        this.campaign = campaign;
        this.places = places;
        this.file = file;
        this.writer = CouponWriter.to(file, id -> campaign);
    }

    /** @throws IllegalStateException if the code is of no range of the campaign, or came before */
    void add(ArchivedCoupon coupon) throws IOException {
        written.add(coupon.code());
        if (written.size() == CodePlaces.MOST_AT_ONCE) {
            addCodes();
        }
        writer.write(coupon);
        content.add(coupon);
        users.add(coupon.userId());
        issued.add(coupon.issuedAt());
        updated.add(coupon.updatedAt());
    }

    private void addCodes() {
        var at = places.of(written);
        for (int i = 0; i < written.size(); i++) {
            var place = at.get(i);
            if (place == null || !codes.add(place)) {
                throw new IllegalStateException("coupon " + written.get(i) + " of campaign " + campaign.name()
                        + (place == null
                                ? " has a code that was not generated for it, or with a key that is missing"
                                : " is there twice")
                        + "; nothing of these pages is archived");
            }
        }
        written.clear();
    }

    /**
     * Ends the file.
     *
     * @throws IllegalStateException if a code is of no range of the campaign, or came twice
     */
    Exported end(String part, long filenode, Instant cutoff) throws IOException {
        addCodes();
        writer.close();
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

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
