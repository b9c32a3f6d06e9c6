package io.largesse.jobs;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.Grants;
import io.largesse.coupons.ObjectStore;
import io.largesse.readers.ListOptions;
import io.largesse.readers.ListedRow;
import io.largesse.readers.UserListReader;
import io.largesse.readers.UserLists;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the grant's sources one after the other. The position is saved with each chunk: the source, and the number of
 * its last row; a restart reads up to there without writing.
 */
class SourceRowReader implements ItemStreamReader<SourceRow> {

    private static final String SOURCE = "source";
    private static final String ROW = "row";
    private static final String ROWS = "rows";

    private final long grantId;
    private final Grants grants;
    private final Campaigns campaigns;
    private final ObjectStore store;
    private final Path work;
    private final Progress progress;

    private List<GrantSource> sources = List.of();
    private @Nullable Campaign campaign;
    private @Nullable UserListReader open;
    private int source;
    private int row;
    private long rows;

    SourceRowReader(long grantId, Grants grants, Campaigns campaigns, ObjectStore store, Path work, Progress progress) {
        this.grantId = grantId;
        this.grants = grants;
        this.campaigns = campaigns;
        this.store = store;
        this.work = work;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        campaign = campaigns.byId(grants.find(grantId).campaignId());
        sources = grants.sources(grantId);
        source = (int) context.getLong(SOURCE, 0);
        row = (int) context.getLong(ROW, 0);
        rows = context.getLong(ROWS, 0);
        progress.begin("stage", 0, 0);
    }

    @Override
    public @Nullable SourceRow read() {
        while (source < sources.size()) {
            var reader = open == null ? openSource() : open;
            var next = reader.read();
            if (next != null) {
                row = next.number();
                rows++;
                return new SourceRow(source + 1, next);
            }
            grants.sourceRead(grantId, source + 1, reader.header(), rows);
            closeSource();
            source++;
            row = 0;
            rows = 0;
        }
        return null;
    }

    @Override
    public void update(ExecutionContext context) {
        Cursor.put(context, Map.of(SOURCE, (long) source, ROW, (long) row, ROWS, rows));
    }

    @Override
    public void close() {
        closeSource();
    }

    /** How much of all the sources has been read, 0 to 1. */
    double share() {
        var current = open == null ? 0 : open.share();
        return sources.isEmpty() ? 0 : Math.min(1, (source + current) / sources.size());
    }

    private UserListReader openSource() {
        var from = sources.get(source);
        var pattern = campaign == null ? null : campaign.pattern();
        var options = new ListOptions(from.sheet(), from.idColumn(), pattern);
        var reader = UserLists.open(fetch(from), from.fileName(), options, work);
        open = reader;
        skipTo(reader);
        return reader;
    }

    private void skipTo(UserListReader reader) {
        ListedRow skipped = null;
        while (row > 0 && (skipped == null || skipped.number() < row)) {
            skipped = reader.read();
            if (skipped == null) {
                throw new IllegalStateException(
                        "grant " + grantId + ": source " + (source + 1) + " ends before row " + row);
            }
        }
    }

    private Path fetch(GrantSource from) {
        var file = local(from);
        try {
            store.fetch(from.objectKey(), file);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void closeSource() {
        if (open != null) {
            open.close();
            open = null;
            try {
                Files.deleteIfExists(local(sources.get(source)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Path local(GrantSource from) {
        return work.resolve("grant-" + grantId + "-" + from.sourceNo());
    }
}
