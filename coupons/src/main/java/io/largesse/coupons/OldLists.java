package io.largesse.coupons;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists of grants that are over for long: their rows, codes, uploads and reports, to be forgotten some at a time. The grant
 * says so first; from then on nothing is answered from them, however much is still there.
 */
@Component
public class OldLists {

    /** Rows of a transaction, and blocks of up to 5,000 codes. */
    private static final int ROWS = 5_000;

    private static final int BLOCKS = 20;

    private static final int STAGED = 100;

    private final OldListMapper lists;
    private final Clock clock;

    OldLists(OldListMapper lists, Clock clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** The next grant whose list goes, or is about to since an earlier run; null if there is none. */
    @Transactional
    public @Nullable Long next(Instant before) {
        var begun = lists.begun();
        return begun != null ? begun : lists.decide(before, clock.instant());
    }

    /** @return how many rows were forgotten; 0 if there are none any more */
    @Transactional
    public int forgetRows(long grant) {
        var rows = lists.deleteRecipients(grant, ROWS);
        rows = rows > 0 ? rows : lists.deleteRejects(grant, ROWS);
        return rows > 0 ? rows : lists.deleteBlocks(grant, BLOCKS);
    }

    /** Rows and report are gone. */
    @Transactional
    public void forgotten(long grant) {
        lists.forgotten(grant);
    }

    /** Somebody stores an upload: it stays for a day at least, by when a grant must say that it needs it. */
    @Transactional
    public void stored(String objectKey) {
        lists.stored(objectKey);
    }

    /**
     * The next upload that no grant needs; it stays locked until the end of the transaction, and whoever stores the same one
     * waits for that.
     */
    @Transactional
    public @Nullable String nextUpload() {
        return lists.nextUpload();
    }

    @Transactional
    public void removed(String objectKey) {
        lists.removed(objectKey);
    }

    /** The next list in {@code done/} or {@code refused/} that is to go with its reports; locked until the end of the transaction. */
    @Transactional
    public @Nullable String nextMoved(Instant before) {
        return lists.nextMoved(before);
    }

    @Transactional
    public void movedRemoved(String objectKey) {
        lists.movedRemoved(objectKey);
    }

    /** Grants that were over before then and still have a table of staged rows; at most a hundred. */
    public List<Long> staged(Instant before) {
        return lists.staged(before, STAGED);
    }
}
