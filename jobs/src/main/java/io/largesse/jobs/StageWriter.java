package io.largesse.jobs;

import io.largesse.coupons.Grants;
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

/** Copies accepted rows to the grant's staging table and rejected ones to {@code reject}, and moves their source on with them. */
class StageWriter implements ItemWriter<SourcePage> {

    private final long grantId;
    private final Grants grants;
    private final DataSource dataSource;
    private final Progress progress;

    StageWriter(long grantId, Grants grants, DataSource dataSource, Progress progress) {
        this.grantId = grantId;
        this.grants = grants;
        this.dataSource = dataSource;
        this.progress = progress;
    }

    @Override
    public void write(Chunk<? extends SourcePage> chunk) throws SQLException {
        var connection = DataSourceUtils.getConnection(dataSource);
        for (var page : chunk) {
            copyAccepted(connection, page);
            copyRejected(connection, page);
            moveOn(page);
            var done = progress.now().done() + page.rows().size();
            progress.of(done, Math.round(done / Math.max(page.share(), 0.001)));
        }
    }

    private void moveOn(SourcePage page) {
        if (!page.rows().isEmpty()) {
            grants.staged(
                    grantId,
                    page.sourceNo(),
                    page.after(),
                    page.last(),
                    page.rows().size());
        }
        if (page.header() != null) {
            grants.sourceRead(grantId, page.sourceNo(), page.header());
        }
    }

    private void copyAccepted(Connection connection, SourcePage page) throws SQLException {
        try (var copy =
                BinaryCopy.into(connection, Lists.stagingTable(grantId), "source_no", "row_no", "user_id", "cells")) {
            for (var next : page.rows()) {
                if (next instanceof ListedRow.Accepted row) {
                    copy.row().int2(page.sourceNo()).int4(row.number()).text(row.userId());
                    copy.textArray(others(row.cells()));
                }
            }
            copy.finish();
        }
    }

    private void copyRejected(Connection connection, SourcePage page) throws SQLException {
        if (page.rows().stream().noneMatch(ListedRow.Rejected.class::isInstance)) {
            return;
        }
        try (var copy = BinaryCopy.into(
                connection, "reject", "grant_id", "source_no", "row_no", "raw", "reason", "arguments", "cells")) {
            for (var next : page.rows()) {
                if (next instanceof ListedRow.Rejected row) {
                    copy.row().int8(grantId).int2(page.sourceNo()).int4(row.number());
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
