package io.largesse.archive;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ArchiveSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.io.api.Binary;
import org.jspecify.annotations.Nullable;

/** A file with archived coupons. */
public final class ArchiveFile {

    private ArchiveFile() {}

    /**
     * Each coupon of a file that is asked for. Row groups and pages that cannot have any are passed over. Memory: a row group.
     *
     * @throws IOException if the file is none of coupons, or was damaged
     */
    public static void read(Path file, ArchiveSelection wanted, CouponConsumer consumer) throws IOException {
        CouponFileReader.read(file, filter(wanted), consumer);
    }

    /** Whether a file has the bytes that were stored as the object. */
    public static boolean isOf(Path file, ArchiveObject object) throws IOException {
        return Files.size(file) == object.bytes() && object.key().contains(Sha256.of(file));
    }

    private static FilterCompat.Filter filter(ArchiveSelection wanted) {
        FilterPredicate all = null;
        if (wanted.code() != null) {
            all = and(all, FilterApi.eq(FilterApi.binaryColumn("code"), Binary.fromString(wanted.code())));
        }
        if (wanted.user() != null) {
            all = and(all, FilterApi.eq(FilterApi.binaryColumn("user_id"), Binary.fromString(wanted.user())));
        }
        var issuedAt = FilterApi.longColumn("issued_at");
        if (wanted.issuedFrom() != null) {
            all = and(all, FilterApi.gtEq(issuedAt, micros(wanted.issuedFrom())));
        }
        if (wanted.issuedUntil() != null) {
            all = and(all, FilterApi.lt(issuedAt, micros(wanted.issuedUntil())));
        }
        return all == null ? FilterCompat.NOOP : FilterCompat.get(all);
    }

    private static FilterPredicate and(@Nullable FilterPredicate one, FilterPredicate other) {
        return one == null ? other : FilterApi.and(one, other);
    }

    /** Of coupons, which have whole ones: a moment between two of them lies before the next. */
    private static long micros(Instant moment) {
        var whole = moment.truncatedTo(ChronoUnit.MICROS);
        return ChronoUnit.MICROS.between(Instant.EPOCH, whole) + (whole.equals(moment) ? 0 : 1);
    }
}
