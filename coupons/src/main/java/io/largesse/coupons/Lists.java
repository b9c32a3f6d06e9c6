package io.largesse.coupons;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongSupplier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The rows of user lists: staged as they come, then numbered as recipients in user order, or rejected. */
@Component
public class Lists {

    private static final int PAGE = 1000;

    private final StagingMapper staging;

    Lists(StagingMapper staging) {
        this.staging = staging;
    }

    /** The table where the rows of a grant wait. */
    public static String stagingTable(long grant) {
        return "staged_grant_" + grant;
    }

    @Transactional
    public void createStaging(long grant) {
        staging.create(grant);
    }

    @Transactional
    public void dropStaging(long grant) {
        staging.drop(grant);
    }

    /** Whether rows still wait to be numbered. */
    public boolean isStaged(long grant) {
        return staging.exists(grant);
    }

    /**
     * Has PostgreSQL count what {@link #number} is about to join; without, the wrong plan takes minutes instead of seconds.
     * To be committed by itself: it keeps others from doing the same until the commit.
     */
    @Transactional
    public void analyze(Grant grant) {
        staging.analyze(grant.id());
        if (staging.hasCoupons(grant.campaignId())) {
            staging.analyzeCoupons(grant.campaignId());
        }
    }

    /** How many users of the staged rows hold a coupon of the campaign that was not taken back. */
    public long holders(Grant grant) {
        return staging.hasCoupons(grant.campaignId()) ? staging.holders(grant.id(), grant.campaignId()) : 0;
    }

    /**
     * Turns staged rows into recipients and rejects, and counts them. One transaction: afterwards nothing is staged any
     * more.
     *
     * @param holders how many users hold a coupon already, asked for before the staged rows go; not if they are skipped
     */
    @Transactional
    public GrantCounts number(Grant grant, LongSupplier holders) {
        var id = grant.id();
        var malformed = staging.rejects(id);
        var skipped = grant.skipHolders() && staging.hasCoupons(grant.campaignId())
                ? staging.skipHolders(id, grant.campaignId())
                : 0;
        var staged = staging.count(id);
        var recipients = staging.number(id);
        var duplicates = recipients < staged ? staging.rejectDuplicates(id) : 0;
        if (recipients + duplicates != staged) {
            throw new IllegalStateException("grant " + id + ": " + staged + " rows staged, but " + recipients
                    + " recipients and " + duplicates + " duplicates");
        }
        var held = grant.skipHolders() ? skipped : holders.getAsLong();
        staging.drop(id);
        return new GrantCounts(malformed + skipped + staged, recipients, malformed, duplicates, held);
    }

    public long recipients(long grant) {
        return staging.recipients(grant);
    }

    public long rejects(long grant) {
        return staging.rejects(grant);
    }

    /** The users of the recipients {@code from} to {@code to}, both inclusive, in order. */
    public List<String> users(long grant, long from, long to) {
        return staging.users(grant, from, to).users();
    }

    public List<RejectCount> rejectsByReason(long grant) {
        return staging.rejectsByReason(grant);
    }

    /** The first accepted rows, in the order of the files. */
    public List<ListedRecipient> firstRows(long grant, int most) {
        return staging.firstRows(grant, most);
    }

    /** All rejected rows in the order of the files, fetched a page at a time. */
    public Iterator<Reject> rejectsOf(long grant) {
        return new Iterator<>() {
            private List<Reject> page = new ArrayList<>();
            private int next;
            private int source;
            private int row;

            @Override
            public boolean hasNext() {
                if (next == page.size()) {
                    page = staging.rejectPage(grant, source, row, PAGE);
                    next = 0;
                }
                return next < page.size();
            }

            @Override
            public Reject next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                var reject = page.get(next++);
                source = reject.sourceNo();
                row = reject.rowNo();
                return reject;
            }
        };
    }
}
