package io.largesse.jobs;

import io.largesse.coupons.FencedException;
import io.largesse.coupons.InboxLists;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.Printable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Looks through the inbox: first what an earlier run has begun, whose objects may be gone by now, then what is complete. A page
 * of names is all that it keeps.
 */
@Component
class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

    /** More than the largest sheet has; S3 copies up to 5 GB at once. */
    private static final long MOST_BYTES = 4L << 30;

    private final InboxLists lists;
    private final ObjectStore store;
    private final InboxTaker taker;
    private final WorkFolder folder;
    private final InboxFence fence;
    private final LiveRuns live;

    Inbox(InboxLists lists, ObjectStore store, InboxTaker taker, WorkFolder folder, InboxFence fence, LiveRuns live) {
        this.lists = lists;
        this.store = store;
        this.taker = taker;
        this.folder = folder;
        this.fence = fence;
        this.live = live;
    }

    private interface Work {
        void on(String key) throws IOException;
    }

    /** @throws StopRequestedException between two lists, or once the grant at work has stopped */
    void take(InboxRun run) {
        folder.cleanAfterTheDead();
        live.of(run.hold().run()).begin("inbox", 0, 0);
        var failures = new InboxFailures();
        goOn(run, failures);
        lookThrough(run, failures);
        failures.throwIfAny();
    }

    private void goOn(InboxRun run, InboxFailures failures) {
        var some = lists.openAfter(run.prefix(), "");
        while (!some.isEmpty()) {
            for (var list : some) {
                attempt(run, failures, list.objectKey(), key -> taker.goOn(run, lists.find(list.id())));
            }
            some = lists.openAfter(run.prefix(), some.get(some.size() - 1).objectKey());
        }
    }

    private void lookThrough(InboxRun run, InboxFailures failures) {
        try {
            var names = store.list(run.prefix(), "");
            while (!names.isEmpty()) {
                for (var name : names) {
                    if (InboxName.isMarker(name)) {
                        attempt(run, failures, name, key -> look(run, key));
                    }
                }
                names = store.list(run.prefix(), names.get(names.size() - 1));
            }
        } catch (IOException e) {
            failures.add(run.prefix(), e); // beside what may have failed already, and tells more
        }
    }

    private void look(InboxRun run, String marker) throws IOException {
        var name = InboxName.ofMarker(marker);
        if (name.isEmpty()) {
            LOG.warn(
                    "{} is left where it is: lists are inbox/CAMPAIGN/FILE, up to 200 bytes each and without characters that"
                            + " cannot be seen; rename it",
                    Printable.of(marker));
            return;
        }
        if (lists.open(name.get().key()) != null) {
            return; // gone on with above
        }
        var list = store.find(name.get().key());
        if (list.isEmpty()) {
            LOG.warn(
                    "{} says that a list is complete, and there is none beside it; put it there, or remove this",
                    marker);
            return;
        }
        if (list.get().bytes() > MOST_BYTES) {
            LOG.warn(
                    "{} is left where it is: it has {} bytes, and a list up to {}",
                    list.get().key(),
                    list.get().bytes(),
                    MOST_BYTES);
            return;
        }
        taker.take(run, name.get(), list.get());
    }

    private void attempt(InboxRun run, InboxFailures failures, String key, Work work) {
        fence.requireMine(run);
        try {
            work.on(key);
            failures.none();
        } catch (FencedException | StopRequestedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            failures.add(Printable.of(key), e);
        }
    }
}
