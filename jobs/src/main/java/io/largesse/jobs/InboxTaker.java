package io.largesse.jobs;

import io.largesse.coupons.GrantSource;
import io.largesse.coupons.InboxList;
import io.largesse.coupons.InboxState;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.StoredObject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** One list, from its object in the inbox to that in {@code done/} or {@code refused/}. */
@Component
class InboxTaker {

    private static final Logger LOG = LoggerFactory.getLogger(InboxTaker.class);
    private static final Set<InboxState> OPEN = EnumSet.of(InboxState.TAKEN, InboxState.HELD);

    private final ObjectStore store;
    private final Uploads uploads;
    private final WorkFolder folder;
    private final InboxGrants grants;
    private final InboxMover mover;
    private final LiveRuns live;

    InboxTaker(
            ObjectStore store,
            Uploads uploads,
            WorkFolder folder,
            InboxGrants grants,
            InboxMover mover,
            LiveRuns live) {
        this.store = store;
        this.uploads = uploads;
        this.folder = folder;
        this.grants = grants;
        this.mover = mover;
        this.live = live;
    }

    /**
     * A list that has come. What is read now is what is checked and granted, whatever its sender writes later.
     *
     * @return how it is left; null if it is for the next run
     */
    @Nullable
    InboxState take(InboxRun run, InboxName name, StoredObject object) throws IOException {
        var source = upload(name, object);
        return source == null ? null : goOn(run, grants.receive(run, name, object, source));
    }

    /** A list that stands on record, from wherever whoever had it before has left it. @return how it is left now */
    InboxState goOn(InboxRun run, InboxList list) throws IOException {
        var now = OPEN.contains(list.state()) ? grants.decide(run, list) : list;
        if (!OPEN.contains(now.state())) {
            mover.move(run, now);
            live.of(run.hold().run()).add(1);
        }
        return now.state();
    }

    /** Null if it changed or went while it was read: then it is for the next run. */
    private @Nullable GrantSource upload(InboxName name, StoredObject object) throws IOException {
        var file = folder.make("inbox", null, ".tmp");
        try {
            store.fetch(object.key(), file);
            if (!store.find(object.key()).equals(Optional.of(object))) {
                LOG.warn("{} was written anew while it was read; the next run takes it", object.key());
                return null;
            }
            return uploads.receive(file, name.file());
        } catch (NoSuchFileException e) {
            LOG.warn("{} was removed while it was read; nothing was granted", object.key());
            return null;
        } finally {
            folder.remove(file);
        }
    }
}
