package io.largesse.archive;

import io.largesse.coupons.ArchiveObject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;

/** Takes coupons out of their table that stand in verified objects: exactly those, or none. */
public final class CouponRemoval {

    /** Waiting for longer would keep others waiting who came later. */
    private static final String LIMIT = "SET LOCAL lock_timeout = '2s'";

    /** By how much a guess may be too high. */
    private static final long PERCENT = 100;

    private static final long FEW = 1_000;

    private static final long SOON_COUNTED = 2_000_000;

    private CouponRemoval() {}

    /**
     * Deletes the coupons of some pages, in the connection's transaction, which is to be rolled back if this fails or the
     * answer is false.
     *
     * @param objects all that were exported of the pages
     * @return whether what was deleted is what the objects have, to the last field
     */
    public static boolean delete(Connection connection, CouponPages pages, List<ArchiveObject> objects)
            throws SQLException, IOException {
        var deleted = new HashMap<Long, ContentSum>();
        pages.delete(connection, coupon -> deleted.computeIfAbsent(coupon.campaignId(), id -> new ContentSum())
                .add(coupon));
        for (var object : objects) {
            var content = deleted.remove(object.campaignId());
            if (content == null || !content.toString().equals(object.content())) {
                return false;
            }
        }
        return deleted.isEmpty();
    }

    /**
     * Empties a partition at once, if the objects have all of its coupons and none has changed; in the connection's
     * transaction. Without a row version left for each of them.
     *
     * <p>The cutoff must be so far back that no clock can be wrong by that much: a coupon that has changed is told by its time
     * alone.
     *
     * @param objects all that were exported of the partition
     * @return false if there are others, and nothing was done
     * @throws SQLException also if somebody uses the partition for more than 2 s
     */
    public static boolean truncate(Connection connection, CouponPages partition, List<ArchiveObject> objects)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(LIMIT);
            statement.execute("LOCK TABLE " + partition.partition() + " IN SHARE ROW EXCLUSIVE MODE");
            if (!areAll(connection, partition, objects)) {
                return false;
            }
            statement.execute("TRUNCATE " + partition.partition());
            return true;
        }
    }

    /**
     * Whether a partition seems to have no coupons but those of the objects. Others are kept waiting for the answer that counts,
     * and are not to wait for one that is foreseen: by PostgreSQL's guess, and for more than half a second by counting before.
     */
    public static boolean mayBeAll(Connection connection, CouponPages partition, List<ArchiveObject> objects)
            throws SQLException {
        var coupons = coupons(objects);
        return partition.guess(connection) <= coupons + coupons / PERCENT + FEW
                && (coupons <= SOON_COUNTED || areAll(connection, partition, objects));
    }

    /** Whether a partition has the coupons of the objects, unchanged, and no others. */
    private static boolean areAll(Connection connection, CouponPages partition, List<ArchiveObject> objects)
            throws SQLException {
        var filenode = partition.filenode(connection);
        if (!objects.stream().allMatch(object -> object.filenode() == filenode)) {
            return false; // pages had others when some of them were read: VACUUM FULL moves coupons
        }
        return CouponPages.areAll(connection, partition, coupons(objects));
    }

    private static long coupons(List<ArchiveObject> objects) {
        return objects.stream().mapToLong(ArchiveObject::coupons).sum();
    }
}
