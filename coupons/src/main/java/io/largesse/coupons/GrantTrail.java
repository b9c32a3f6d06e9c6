package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a grant has to do with a user.
 *
 * @param rows his rows in its lists, accepted and rejected, in the order of the files
 * @param coupons what he has got from it
 * @param revoked who took the grant back, and when; null if nobody did
 */
public record GrantTrail(
        Grant grant,
        List<TrailRow> rows,
        List<TrailCoupon> coupons,
        @Nullable AuditEntry revoked) {

    public GrantTrail {
        rows = List.copyOf(rows);
        coupons = List.copyOf(coupons);
    }

    public boolean isAccepted() {
        return rows.stream().anyMatch(row -> row.reason() == null);
    }
}
