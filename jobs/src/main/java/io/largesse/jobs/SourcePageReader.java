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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the grant's sources one after the other, a page of rows at a time. Where to go on is not kept here but with the
 * sources, whose rows move on as they are staged; a restart reads up to there without writing.
 */
class SourcePageReader implements ItemStreamReader<SourcePage> {

    /** A page ends early when its rows have so many characters, so that wide rows take no more memory than narrow ones. */
    private static final int MOST_CHARACTERS = 4_000_000;

    private final long grantId;
    private final Grants grants;
    private final Campaigns campaigns;
    private final ObjectStore store;
    private final JobSettings settings;
    private final Progress progress;

    private List<GrantSource> sources = List.of();
    private @Nullable Campaign campaign;
    private @Nullable UserListReader open;
    private int source;
    private int row;

    SourcePageReader(
            long grantId,
            Grants grants,
            Campaigns campaigns,
            ObjectStore store,
            JobSettings settings,
            Progress progress) {
        this.grantId = grantId;
        this.grants = grants;
        this.campaigns = campaigns;
        this.store = store;
        this.settings = settings;
        this.progress = progress;
    }

    @Override
    public void open(ExecutionContext context) {
        campaign = campaigns.byId(grants.find(grantId).campaignId());
        sources = grants.sources(grantId);
        source = 0;
        progress.begin(
                "stage", sources.stream().mapToLong(GrantSource::stagedRows).sum(), 0);
    }

    @Override
    public @Nullable SourcePage read() {
        while (source < sources.size() && sources.get(source).isStaged()) {
            source++;
        }
        if (source == sources.size()) {
            return null;
        }
        var reader = open == null ? openSource() : open;
        var after = row;
        var rows = new ArrayList<ListedRow>();
        if (fill(rows, reader)) {
            return new SourcePage(source + 1, after, rows, null, share());
        }
        closeSource();
        source++;
        return new SourcePage(source, after, rows, reader.header(), share());
    }

    /** @return false if the source has no more rows */
    private boolean fill(List<ListedRow> rows, UserListReader reader) {
        long characters = 0;
        while (rows.size() < settings.chunk() && characters < MOST_CHARACTERS) {
            var next = reader.read();
            if (next == null) {
                return false;
            }
            rows.add(next);
            row = next.number();
            for (var cell : next.cells()) {
                characters += cell.length();
            }
        }
        return true;
    }

    @Override
    public void close() {
        closeSource();
    }

    private double share() {
        var current = open == null ? 0 : open.share();
        return sources.isEmpty() ? 0 : Math.min(1, (source + current) / sources.size());
    }

    private UserListReader openSource() {
        var from = sources.get(source);
        var pattern = campaign == null ? null : campaign.pattern();
        var options = new ListOptions(from.sheet(), from.idColumn(), pattern);
        var reader = UserLists.open(fetch(from), from.fileName(), options, settings.work());
        open = reader;
        row = from.stagedRow();
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
        return settings.work().resolve("grant-" + grantId + "-" + from.sourceNo());
    }
}
