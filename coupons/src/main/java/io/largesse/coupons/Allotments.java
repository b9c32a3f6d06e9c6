package io.largesse.coupons;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Codes that left the pools for a grant. Every change is to be made in a transaction that holds the run's
 * {@linkplain Runs#fence fence}.
 */
@Component
public class Allotments {

    private final AllotmentMapper allotments;

    Allotments(AllotmentMapper allotments) {
        this.allotments = allotments;
    }

    @Transactional
    public void add(long grant, AllotmentBlock block) {
        allotments.insert(grant, block);
    }

    /** The number of the last block that a shard gave to a grant, 0 if none. */
    public int lastBlock(long grant, int shard) {
        return allotments.lastBlock(grant, shard);
    }

    /** How many codes stand ready for a grant. */
    public long count(long grant) {
        return allotments.count(grant);
    }

    /** Whether the codes have their positions. */
    public boolean isArranged(long grant) {
        return allotments.isArranged(grant);
    }

    /**
     * Gives each code its position, when all codes are there; positions stay as they are then. Codes are dealt in their own
     * order: recipients are issued in the order of users, and so both indexes of the coupons are filled page by page.
     *
     * @return how many codes came more than once
     */
    @Transactional
    public long arrange(long grant) {
        return allotments.arrange(grant);
    }

    /**
     * Codes yet to be issued that the grant must not issue, at most {@code most}: a coupon has them, or an earlier grant, or
     * they stand in this grant twice. None of it can be unless Redis went back in time.
     */
    public List<UsedCode> used(Grant grant, int most) {
        var used = new ArrayList<UsedCode>();
        if (allotments.hasCoupons(grant.campaignId())) {
            used.addAll(allotments.issued(grant, most));
        }
        if (used.isEmpty() && allotments.hasEarlier(grant)) {
            used.addAll(allotments.allottedEarlier(grant, most));
        }
        return used;
    }

    /** Whether {@link #used} may find something; for a grant that has issued nothing, and in a fraction of its time. */
    public boolean anyUsed(Grant grant) {
        return (allotments.hasCoupons(grant.campaignId()) && allotments.anyIssued(grant))
                || allotments.hasEarlier(grant);
    }

    /** Codes that stand in the grant more than once, without their first place. */
    public List<UsedCode> repeated(Grant grant, int most) {
        return allotments.repeated(grant, most);
    }

    /** Puts fresh codes into the places of as many used ones; the shard's block that brought them is kept as taken. */
    @Transactional
    public void replace(long grant, List<UsedCode> used, AllotmentBlock fresh) {
        if (used.size() != fresh.codes().size()) {
            throw new IllegalArgumentException(fresh.codes().size() + " codes for " + used.size() + " places");
        }
        var place = 0;
        while (place < used.size()) {
            var first = used.get(place);
            var block = allotments.lock(grant, first.shard(), first.blockNo());
            var codes = new ArrayList<>(block.codes());
            for (; place < used.size() && used.get(place).isIn(block); place++) {
                codes.set(used.get(place).place() - 1, fresh.codes().get(place));
            }
            allotments.rewrite(grant, new AllotmentBlock(block.shard(), block.blockNo(), codes));
        }
        allotments.insert(grant, new AllotmentBlock(fresh.shard(), fresh.blockNo(), List.of()));
    }

    /** Decides that the codes that have not become coupons go back; from now on they are not the grant's any more. */
    @Transactional
    public void giveBackUnissued(Grant grant) {
        allotments.giveBackUnissued(grant);
    }

    /** A block whose codes are yet to go back, locked until the commit; null if there is none left. */
    public @Nullable AllotmentBlock lockToGiveBack(long grant) {
        var blocks = allotments.lockToGiveBack(grant);
        return blocks.isEmpty() ? null : blocks.get(0);
    }

    /** How many codes of a grant are on record as going back, and have not got there. */
    public long onTheirWayBack(long grant) {
        return allotments.onTheirWayBack(grant);
    }

    /** The codes of a block are in the pool again. */
    @Transactional
    public void givenBack(long grant, AllotmentBlock block) {
        allotments.empty(grant, block);
    }

    /** All codes have become coupons; only what an earlier attempt has yet to give back stays on record. */
    @Transactional
    public void clear(long grant) {
        allotments.deleteSettled(grant);
    }

    /** The codes of positions {@code from} to {@code to}, both inclusive, in order. */
    public List<String> codes(long grant, long from, long to) {
        var codes = new ArrayList<String>((int) Math.max(0, to - from + 1));
        allotments.slices(grant, from, to).forEach(slice -> codes.addAll(slice.codes()));
        return codes;
    }

    /** How many codes are allotted to grants that are begun and not done. */
    public long open() {
        return allotments.open();
    }

    /** The codes of all grants of a campaign, issued ones included while their grant is not done. In a transaction. */
    public void codesOf(Campaign campaign, Consumer<String> reader) {
        try (var codes = allotments.codesOf(campaign.id())) {
            codes.forEach(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
