package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantSource;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.Reject;
import io.largesse.writers.RejectReport;
import io.largesse.writers.RejectedLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/**
 * The reject reports of grants. Each grant has one in English in the object store. In another language it is made when
 * somebody asks for it, from the rejected rows, whose reasons are on record as codes.
 */
@Component
class GrantReports {

    private static final Locale STORED = Locale.ENGLISH;

    private final Grants grants;
    private final Lists lists;
    private final ObjectStore store;
    private final WorkFolder folder;

    GrantReports(Grants grants, Lists lists, ObjectStore store, WorkFolder folder) {
        this.grants = grants;
        this.lists = lists;
        this.store = store;
        this.folder = folder;
    }

    /** Makes the report of a grant and puts it into the object store. */
    void store(long grantId) throws IOException {
        var grant = grants.find(grantId);
        var file = folder.make("report", grantId, ".xlsx");
        try {
            write(grant, STORED, file);
            var key = key(grantId);
            store.put(key, file);
            grants.reported(grantId, key);
        } finally {
            folder.remove(file);
        }
    }

    private static String key(long grant) {
        return "reports/grant-" + grant + ".xlsx";
    }

    /** Removes the report of a grant whose list is purged; nothing if there is none. */
    void remove(long grant) throws IOException {
        store.remove(key(grant));
    }

    /** Fetches the stored report, or makes it. */
    void fetch(Grant grant, Locale locale, Path to) throws IOException {
        var key = grant.reportKey();
        if (key != null && locale.getLanguage().equals(STORED.getLanguage())) {
            store.fetch(key, to);
        } else {
            write(grant, locale, to);
        }
    }

    private void write(Grant grant, Locale locale, Path to) throws IOException {
        var sources = grants.sources(grant.id());
        var report = new RejectReport(
                locale,
                facts(grant, locale),
                sources.stream().map(GrantReports::source).toList());
        report.write(to, lines(lists.rejectsOf(grant.id()), locale));
    }

    private static RejectReport.Source source(GrantSource source) {
        var header = source.header() == null ? List.<String>of() : source.header();
        var sheet = source.sheet() == null ? "" : source.sheet();
        return new RejectReport.Source(source.fileName(), sheet, header);
    }

    private static List<RejectReport.Fact> facts(Grant grant, Locale locale) {
        var facts = new ArrayList<RejectReport.Fact>();
        facts.add(fact(locale, "jobs.report.grant", grant.id()));
        facts.add(fact(locale, "jobs.report.state", grant.state()));
        facts.add(fact(locale, "jobs.report.rows", grant.rowCount()));
        facts.add(fact(locale, "jobs.report.recipients", grant.recipients()));
        facts.add(fact(locale, "jobs.report.issued", grant.issued()));
        facts.add(fact(locale, "jobs.report.rejected", grant.rejected()));
        facts.add(fact(locale, "jobs.report.duplicates", grant.duplicates()));
        facts.add(fact(locale, "jobs.report.holders", grant.holders()));
        return facts;
    }

    private static RejectReport.Fact fact(
            Locale locale, String label, @org.jspecify.annotations.Nullable Object value) {
        return new RejectReport.Fact(
                Messages.text(Message.of(label), locale), value == null ? "" : String.valueOf(value));
    }

    private static Iterator<RejectedLine> lines(Iterator<Reject> rejects, Locale locale) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rejects.hasNext();
            }

            @Override
            public RejectedLine next() {
                var reject = rejects.next();
                var cells = reject.cells().isEmpty() ? List.of(reject.raw()) : reject.cells();
                var reason = Messages.text(reject.message(), locale);
                return new RejectedLine(reject.sourceNo() - 1, reject.rowNo(), reason, new ArrayList<>(cells));
            }
        };
    }
}
