package io.largesse.writers;

import io.largesse.coupons.ClaimEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes claims as coupons, many in one statement, in the order of their users. A claim that is written already is left
 * alone, so a batch may be written twice, by two nodes at once too.
 */
public final class ClaimWriter {

    /** One array a column: the server reads them in a fifth of the time that as many parameters take. */
    private static final String BATCH = """
            unnest(?::text[], ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
              WITH ORDINALITY AS b (code, campaign, user_id, ordinal, at, valid_from, valid_to, face_value, place)
            """;

    private static final String INSERT =
            """
            INSERT INTO coupon (code, campaign_id, user_id, source_kind, source_id, ordinal, status, issued_at, valid_from,
                                valid_to, face_value, order_id, updated_at)
            SELECT code, campaign, user_id, 'CLAIM', 0, ordinal, 'ISSUED',
                   timestamptz 'epoch' + at * interval '1 millisecond',
                   timestamptz 'epoch' + valid_from * interval '1 millisecond',
                   timestamptz 'epoch' + valid_to * interval '1 millisecond', face_value, NULL, ?
            FROM\s""" + BATCH + """
             WHERE NOT EXISTS (SELECT FROM claim_conflict v WHERE v.campaign_id = b.campaign AND v.code = b.code AND v.voided)
            """ + " ORDER BY user_id COLLATE \"C\", campaign, ordinal ON CONFLICT DO NOTHING";

    private static final String NOT_WRITTEN = "SELECT b.place FROM " + BATCH + """
            WHERE NOT EXISTS (SELECT FROM coupon c WHERE c.campaign_id = b.campaign AND c.code = b.code
              AND c.user_id = b.user_id AND c.source_kind = 'CLAIM' AND c.source_id = 0 AND c.ordinal = b.ordinal)
            ORDER BY b.place
            """;

    /**
     * A pool is not left before the transaction ends, and no coupon archived. Where some are, the table alone does not tell
     * whether a claim was written: none is here.
     */
    private static final String POOLS = """
            SELECT id, CASE WHEN archived = 0 THEN pool END FROM campaign
            WHERE id = ANY (?::bigint[]) ORDER BY id FOR KEY SHARE
            """;

    private static final String MARK = """
            UPDATE claim_shard SET written_millis = ?, written_sequence = ?
            WHERE shard = ? AND (written_millis, written_sequence) < (?, ?)
            """;

    private static final Comparator<ClaimEntry> ID =
            Comparator.comparingLong(ClaimEntry::millis).thenComparingLong(ClaimEntry::sequence);

    private ClaimWriter() {}

    /**
     * Writes what can be written. A code of a pool that its campaign has left is void unless it was written before.
     *
     * @param connection whose transaction it becomes part of
     * @param now the time of the change, to the microsecond
     * @return those whose code is somebody else's or void, or whose user has another coupon for this claim; and those of
     *     campaigns with archived coupons that are not in the table
     */
    public static List<ClaimEntry> write(Connection connection, List<ClaimEntry> claims, Instant now)
            throws SQLException {
        if (claims.isEmpty()) {
            return List.of();
        }
        var pools = pools(connection, claims);
        var good = claims.stream()
                .filter(claim -> Objects.equals(pools.get(claim.campaign()), claim.pool()))
                .toList();
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, now.atOffset(java.time.ZoneOffset.UTC));
            setBatch(insert, 2, good);
            if (insert.executeUpdate() == claims.size()) {
                return List.of();
            }
        }
        var conflicts = new ArrayList<ClaimEntry>();
        try (var query = connection.prepareStatement(NOT_WRITTEN)) {
            setBatch(query, 1, claims);
            try (var places = query.executeQuery()) {
                while (places.next()) {
                    conflicts.add(claims.get((int) places.getLong(1) - 1));
                }
            }
        }
        return conflicts;
    }

    private static Map<Long, @Nullable Long> pools(Connection connection, List<ClaimEntry> claims) throws SQLException {
        var campaigns = claims.stream().map(ClaimEntry::campaign).distinct().toArray();
        var pools = new HashMap<Long, @Nullable Long>();
        try (var query = connection.prepareStatement(POOLS)) {
            query.setArray(1, connection.createArrayOf("bigint", campaigns));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    pools.put(rows.getLong(1), rows.getObject(2, Long.class));
                }
            }
        }
        return pools;
    }

    /** Puts on record how far each shard is written; in ascending order, as everybody locks them. */
    public static void mark(Connection connection, List<ClaimEntry> claims) throws SQLException {
        var newest = new TreeMap<Integer, ClaimEntry>();
        for (var claim : claims) {
            newest.merge(claim.shard(), claim, (a, b) -> ID.compare(a, b) > 0 ? a : b);
        }
        try (var update = connection.prepareStatement(MARK)) {
            for (var claim : newest.values()) {
                update.setLong(1, claim.millis());
                update.setLong(2, claim.sequence());
                update.setInt(3, claim.shard());
                update.setLong(4, claim.millis());
                update.setLong(5, claim.sequence());
                update.executeUpdate();
            }
        }
    }

    private static void setBatch(PreparedStatement statement, int first, List<ClaimEntry> claims) throws SQLException {
        int i = first;
        i = set(statement, i, "text", claims, ClaimEntry::code);
        i = set(statement, i, "bigint", claims, ClaimEntry::campaign);
        i = set(statement, i, "text", claims, ClaimEntry::user);
        i = set(statement, i, "int", claims, ClaimEntry::ordinal);
        i = set(statement, i, "bigint", claims, claim -> claim.claimedAt().toEpochMilli());
        i = set(statement, i, "bigint", claims, claim -> claim.validFrom().toEpochMilli());
        i = set(statement, i, "bigint", claims, claim -> claim.validTo().toEpochMilli());
        set(statement, i, "bigint", claims, ClaimEntry::faceValue);
    }

    private static int set(
            PreparedStatement statement,
            int i,
            String type,
            List<ClaimEntry> claims,
            Function<ClaimEntry, Object> value)
            throws SQLException {
        var values = claims.stream().map(value).toArray();
        statement.setArray(i, statement.getConnection().createArrayOf(type, values));
        return i + 1;
    }
}
