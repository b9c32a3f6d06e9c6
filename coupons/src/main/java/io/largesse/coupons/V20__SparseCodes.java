package io.largesse.coupons;

import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.stereotype.Component;

/** Archived codes take room for each of them, no longer for each serial of a block in which there is one. */
@Component
class V20__SparseCodes extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        try (var read = context.getConnection().createStatement();
                var write = context.getConnection()
                        .prepareStatement(
                                "UPDATE archived_codes SET bits = ? WHERE range_id = ? AND block = ? AND object_id = ?")) {
            read.setFetchSize(1_000);
            var rows = read.executeQuery("SELECT range_id, block, object_id, bits FROM archived_codes");
            while (rows.next()) {
                write.setBytes(1, CodeBits.Row.ofBits(rows.getBytes(4)));
                write.setLong(2, rows.getLong(1));
                write.setInt(3, rows.getInt(2));
                write.setLong(4, rows.getLong(3));
                write.executeUpdate();
            }
            read.execute(
                    "COMMENT ON COLUMN archived_codes.bits IS 'which serials of the block, in Roaring''s portable form'");
        }
    }
}
