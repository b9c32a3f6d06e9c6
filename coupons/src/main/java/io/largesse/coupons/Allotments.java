package io.largesse.coupons;

import java.util.List;
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

    /** Gives each code its position, when all codes are there; positions stay as they are then. */
    @Transactional
    public void position(long grant) {
        if (allotments.unpositioned(grant) > 0) {
            allotments.position(grant);
        }
    }

    /** Codes that came back although somebody holds them. */
    public List<UsedCode> used(Grant grant) {
        return allotments.hasCoupons(grant.campaignId()) ? allotments.used(grant.id(), grant.campaignId()) : List.of();
    }

    /** Puts fresh codes into the places of used ones; the shard's block that brought them is kept as taken. */
    @Transactional
    public void replace(long grant, List<UsedCode> used, AllotmentBlock fresh) {
        for (int i = 0; i < fresh.codes().size(); i++) {
            allotments.replace(grant, used.get(i), fresh.codes().get(i));
        }
        allotments.insert(grant, new AllotmentBlock(fresh.shard(), fresh.blockNo(), List.of()));
    }

    /** Decides that the grant gives all its codes back; from now on they do not count as its own. */
    @Transactional
    public void giveBackAll(long grant) {
        allotments.giveBackAll(grant);
    }

    /** A block whose codes are yet to go back, null if there is none left. */
    public @Nullable AllotmentBlock firstToGiveBack(long grant) {
        var blocks = allotments.firstToGiveBack(grant);
        return blocks.isEmpty() ? null : blocks.get(0);
    }

    /** The codes of a block are in the pool again. */
    @Transactional
    public void givenBack(long grant, AllotmentBlock block) {
        allotments.empty(grant, block);
    }

    /** All codes have become coupons. */
    @Transactional
    public void clear(long grant) {
        allotments.deleteAll(grant);
    }

    /** The codes of positions {@code from} to {@code to}, both inclusive, in order. */
    public List<String> codes(long grant, long from, long to) {
        return allotments.codes(grant, from, to);
    }
}
