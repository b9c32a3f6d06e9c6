package io.largesse.jobs;

import io.largesse.coupons.Lists;
import io.largesse.readers.ListedRow;
import io.largesse.writers.BinaryCopy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Copies accepted rows to the grant's staging table and rejected ones to {@code reject}. */
class StageWriter implements ItemWriter<SourceRow> {

    private final long grantId;
    private final DataSource dataSource;
    private final Progress progress;
    private final SourceRowReader reader;

    StageWriter(long grantId, DataSource dataSource, Progress progress, SourceRowReader reader) {
        this.grantId = grantId;
        this.dataSource = dataSource;
        this.progress = progress;
        this.reader = reader;
    }

    @Override
    public void write(Chunk<? extends SourceRow> chunk) throws SQLException {
        var connection = DataSourceUtils.getConnection(dataSource);
        copyAccepted(connection, chunk);
        copyRejected(connection, chunk);
        var done = progress.now().done() + chunk.size();
        progress.of(done, Math.round(done / Math.max(reader.share(), 0.001)));
    }

    private void copyAccepted(Connection connection, Chunk<? extends SourceRow> chunk) throws SQLException {
        try (var copy =
                BinaryCopy.into(connection, Lists.stagingTable(grantId), "source_no", "row_no", "user_id", "cells")) {
            for (var item : chunk) {
                if (item.row() instanceof ListedRow.Accepted row) {
                    copy.row().int2(item.sourceNo()).int4(row.number()).text(row.userId());
                    copy.textArray(others(row.cells()));
                }
            }
            copy.finish();
        }
    }

    private void copyRejected(Connection connection, Chunk<? extends SourceRow> chunk) throws SQLException {
        if (chunk.getItems().stream().noneMatch(item -> item.row() instanceof ListedRow.Rejected)) {
            return;
        }
        try (var copy = BinaryCopy.into(
                connection, "reject", "grant_id", "source_no", "row_no", "raw", "reason", "arguments", "cells")) {
            for (var item : chunk) {
                if (item.row() instanceof ListedRow.Rejected row) {
                    copy.row().int8(grantId).int2(item.sourceNo()).int4(row.number());
                    copy.text(storable(row.raw())).text(row.reason().code());
                    copy.textArray(storable(row.reason().arguments())).textArray(storable(row.cells()));
                }
            }
            copy.finish();
        }
    }

    /** A row of one cell is its user id: nothing more to keep for the report. */
    private static List<String> others(List<String> cells) {
        return cells.size() <= 1 ? List.of() : storable(cells);
    }

    private static List<String> storable(List<String> texts) {
        for (var text : texts) {
            if (text.indexOf('\0') >= 0) {
                return texts.stream().map(StageWriter::storable).toList();
            }
        }
        return texts;
    }

    /** PostgreSQL's text has no NUL; the sign for it stands in its place. */
    private static String storable(String text) {
        return text.replace('\0', '\u2400');
    }
}
