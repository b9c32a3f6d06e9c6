package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sheet of one file of a grant.
 *
 * @param sourceNo from 1, in the order given
 * @param objectKey where the file stands in the object store
 * @param sheet as asked for; null takes the only one
 * @param idColumn as asked for; null finds it by its header
 * @param header as read, null before
 * @param rows as read, null before the end was reached
 * @param stagedRow the last row that is staged or rejected, 0 if none
 * @param stagedRows how many rows are staged or rejected
 */
public record GrantSource(
        long grantId,
        int sourceNo,
        String fileName,
        String sha256,
        long bytes,
        String objectKey,
        @Nullable String sheet,
        @Nullable String idColumn,
        @Nullable List<String> header,
        @Nullable Long rows,
        int stagedRow,
        long stagedRows) {

    /** A source of which nothing is staged yet. */
    public static GrantSource fresh(
            int sourceNo,
            String fileName,
            String sha256,
            long bytes,
            String objectKey,
            @Nullable String sheet,
            @Nullable String idColumn) {
        return new GrantSource(0, sourceNo, fileName, sha256, bytes, objectKey, sheet, idColumn, null, null, 0, 0);
    }

    /** Whether all its rows are staged or rejected. */
    public boolean isStaged() {
        return rows != null;
    }
}
