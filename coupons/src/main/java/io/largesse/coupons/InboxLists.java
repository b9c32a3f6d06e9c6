package io.largesse.coupons;

import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The lists that came by the inbox. Of an object one arrival at most is open, until it has left the inbox. */
@Component
public class InboxLists {

    private static final int SOME = 100;

    private final InboxListMapper lists;
    private final AuditTrail audit;
    private final Clock clock;

    InboxLists(InboxListMapper lists, AuditTrail audit, Clock clock) {
        this.lists = lists;
        this.audit = audit;
        this.clock = clock;
    }

    /** A list has come and has its grant; to be called in the transaction that puts the grant on record. */
    @Transactional
    public InboxList taken(StoredObject object, String sha256, long grant) {
        return lists.find(lists.insertTaken(object, sha256, grant, clock.instant()));
    }

    /** A list has come that no grant was made of. */
    @Transactional
    public InboxList refused(StoredObject object, String sha256, Message why, Actor by) {
        audit.record(by, "inbox.refuse", object.key(), null, null);
        return lists.find(lists.insertRefused(object, sha256, why, clock.instant()));
    }

    public InboxList find(long id) {
        return lists.find(id);
    }

    /** The arrival of an object that is not over. */
    public @Nullable InboxList open(String objectKey) {
        return lists.open(objectKey);
    }

    /** The next hundred that are not over, in the order of their keys. */
    public List<InboxList> openAfter(String prefix, String objectKey) {
        return lists.openAfter(prefix, objectKey, SOME);
    }

    /** Its grant gave all that it was to give. */
    @Transactional
    public InboxList granted(InboxList list) {
        return changed(list, lists.move(list.id(), InboxState.GRANTED));
    }

    /** Somebody has stopped its grant: it is not gone on with unasked. */
    @Transactional
    public InboxList held(InboxList list) {
        return changed(list, lists.move(list.id(), InboxState.HELD));
    }

    @Transactional
    public InboxList refused(InboxList list, Message why, Actor by) {
        audit.record(by, "inbox.refuse", list.objectKey(), null, null);
        return changed(list, lists.refuse(list.id(), why));
    }

    /** It has left the inbox. */
    @Transactional
    public InboxList moved(InboxList list, String to) {
        return changed(list, lists.moved(list.id(), to, clock.instant()));
    }

    private InboxList changed(InboxList list, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("list " + list.id() + " of the inbox is not " + list.state()
                    + " any more: somebody else has gone on with it; this is rolled back");
        }
        return lists.find(list.id());
    }
}
