package io.largesse.jobs;

import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.InboxList;
import io.largesse.coupons.InboxLists;
import io.largesse.coupons.InboxState;
import io.largesse.coupons.Message;
import io.largesse.coupons.Messages;
import io.largesse.coupons.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Moves a list that is decided about out of the inbox, with its report. Every part may be repeated; what stands in the inbox is
 * removed last, and only if it is what was read.
 */
@Component
class InboxMover {

    private static final Logger LOG = LoggerFactory.getLogger(InboxMover.class);

    private static final String TEXT = ".report.txt";
    private static final String ROWS = ".report.xlsx";

    private final InboxLists lists;
    private final Grants grants;
    private final GrantReports reports;
    private final ObjectStore store;
    private final WorkFolder folder;
    private final InboxFence fence;

    InboxMover(
            InboxLists lists,
            Grants grants,
            GrantReports reports,
            ObjectStore store,
            WorkFolder folder,
            InboxFence fence) {
        this.lists = lists;
        this.grants = grants;
        this.reports = reports;
        this.store = store;
        this.folder = folder;
        this.fence = fence;
    }

    /** A list that was moved, and what may stand beside it. */
    static List<String> objects(String movedTo) {
        return List.of(movedTo + TEXT, movedTo + ROWS, movedTo);
    }

    void move(InboxRun run, InboxList list) throws IOException {
        var name = InboxName.of(list.objectKey()).orElseThrow();
        var grant = list.grantId() == null ? null : grants.find(list.grantId());
        var granted = list.state() == InboxState.GRANTED;
        var token = grant == null ? "list-" + list.id() : "grant-" + grant.id();
        var to = name.in(granted ? "done" : "refused", token);
        store.copy(Uploads.key(list.sha256()), to);
        if (granted) {
            report(Objects.requireNonNull(grant), to);
        } else {
            reason(list, grant, to);
        }
        fence.requireMine(run);
        removeFromInbox(name, list);
        fence.write(run, () -> lists.moved(list, to));
        LOG.info("{} is {}; it stands now, with its report, at {}", list.objectKey(), list.state(), to);
    }

    private void report(Grant grant, String to) throws IOException {
        if (grant.reportKey() == null) {
            reports.store(grant.id()); // the store was away when the grant came to its end
        }
        store.copy(Objects.requireNonNull(grants.find(grant.id()).reportKey()), to + ROWS);
    }

    /** In English, as every report that is stored; and the rejected rows if there are any. */
    private void reason(InboxList list, @Nullable Grant grant, String to) throws IOException {
        var text = folder.make("inbox", null, ".txt");
        try {
            Files.writeString(text, String.join("\n", lines(list, grant)) + "\n");
            store.put(to + TEXT, text);
        } finally {
            folder.remove(text);
        }
        if (grant != null && grant.rejected() != null && grant.rejected() > 0) {
            rows(grant, to);
        }
    }

    private static ArrayList<String> lines(InboxList list, @Nullable Grant grant) {
        var lines = new ArrayList<String>();
        lines.add(text("jobs.inbox.report.refused", list.objectKey()));
        lines.add(Messages.text(Objects.requireNonNull(list.reason()), Locale.ENGLISH));
        lines.add("");
        lines.add(text("jobs.inbox.report.again"));
        lines.add(text("jobs.inbox.report.taken", list.takenAt(), list.sha256()));
        if (grant != null) {
            lines.add(text("jobs.inbox.report.grant", grant.id(), grant.state()));
        }
        return lines;
    }

    private static String text(String code, Object... arguments) {
        return Messages.text(Message.of(code, arguments), Locale.ENGLISH);
    }

    private void rows(Grant grant, String to) throws IOException {
        var file = folder.make("report", grant.id(), ".xlsx");
        try {
            reports.fetch(grant, Locale.ENGLISH, file);
            store.put(to + ROWS, file);
        } finally {
            folder.remove(file);
        }
    }

    /** What came meanwhile stays, and its marker with it: the marker goes first, and comes back if the list was written anew. */
    private void removeFromInbox(InboxName name, InboxList list) throws IOException {
        var now = store.find(name.key());
        if (now.isPresent() && !now.get().tag().equals(list.tag())) {
            LOG.warn("{} was written anew while it was at work; the new content is a list of its own", name.key());
            return;
        }
        var marked = store.find(name.marker()).isPresent();
        if (marked) {
            store.remove(name.marker());
        }
        if (!store.removeUnchanged(name.key(), list.tag()) && marked) {
            mark(name);
        }
    }

    private void mark(InboxName name) throws IOException {
        LOG.warn("{} was written anew in this moment; it is a list of its own", name.key());
        var marker = folder.make("inbox", null, InboxName.MARKER);
        try {
            store.put(name.marker(), Files.createFile(marker));
        } finally {
            folder.remove(marker);
        }
    }
}
