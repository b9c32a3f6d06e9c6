package io.largesse.jobs;

import io.largesse.coupons.FencedException;
import io.largesse.coupons.InboxLists;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.Printable;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Looks through the inbox: first what an earlier run has begun, whose objects may be gone by now, then what is complete. A page
 * of names is all that it keeps.
 */
@Component
class Inbox {

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
    InboxTally take(InboxRun run) {
        var tally = new InboxTally();
        folder.cleanAfterTheDead();
        live.of(run.hold().run()).begin("inbox", 0, 0);
        var failures = new InboxFailures();
        goOn(run, failures, tally);
        lookThrough(run, failures, tally);
        failures.throwIfAny();
        return tally;
    }

    private void goOn(InboxRun run, InboxFailures failures, InboxTally tally) {
        var some = lists.openAfter(run.prefix(), "");
        while (!some.isEmpty()) {
            for (var list : some) {
                attempt(run, failures, list.objectKey(), key -> tally.count(taker.goOn(run, lists.find(list.id()))));
            }
            some = lists.openAfter(run.prefix(), some.get(some.size() - 1).objectKey());
        }
    }

    private void lookThrough(InboxRun run, InboxFailures failures, InboxTally tally) {
        try {
            var names = store.list(run.prefix(), "");
            while (!names.isEmpty()) {
                for (var name : names) {
                    if (InboxName.isMarker(name)) {
                        attempt(run, failures, name, key -> look(run, key, tally));
                    }
                }
                names = store.list(run.prefix(), names.get(names.size() - 1));
            }
        } catch (IOException e) {
            failures.add(run.prefix(), e); // beside what may have failed already, and tells more
        }
    }

    private void look(InboxRun run, String marker, InboxTally tally) throws IOException {
        var name = InboxName.ofMarker(marker);
        if (name.isEmpty()) {
            tally.left(Printable.of(marker)
                    + " is left where it is: lists are inbox/CAMPAIGN/FILE, up to 200 bytes each and without characters that"
                    + " cannot be seen. Rename it");
            return;
        }
        if (lists.open(name.get().key()) != null) {
            return; // gone on with above
        }
        var list = store.find(name.get().key());
        if (list.isEmpty()) {
            tally.left(Printable.of(marker)
                    + " says that a list is complete, and there is none beside it. Put it there, or remove this");
            return;
        }
        if (list.get().bytes() > MOST_BYTES) {
            tally.left(Printable.of(list.get().key()) + " is left where it is: it has "
                    + list.get().bytes() + " bytes, and a list up to " + MOST_BYTES);
            return;
        }
        var state = taker.take(run, name.get(), list.get());
        if (state != null) {
            tally.count(state);
        }
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
