package io.largesse.pools;

import java.util.ArrayList;
import java.util.List;

/** Decides how many codes each shard gives, so that what remains is spread as evenly as can be. */
public final class AllotmentPlan {

    private AllotmentPlan() {}

    /**
     * How many codes to take from each shard. Nothing is taken from a shard below the level that remains in the others,
     * which themselves differ by one at most; of equal shards the first give one more.
     *
     * @param wanted at least 0; if the pool has fewer, all of them are taken
     */
    public static List<Integer> of(PoolLevel level, long wanted) {
        var sizes = level.shards();
        if (wanted < 0) {
            throw new IllegalArgumentException("nobody wants " + wanted + " codes");
        }
        int remaining = remaining(sizes, wanted);
        long spare =
                sizes.stream().mapToLong(size -> Math.max(0, size - remaining)).sum() - wanted;
        var takes = new ArrayList<Integer>(sizes.size());
        for (int size : sizes) {
            takes.add(Math.max(0, size - remaining));
        }
        // cutting to one level may take too many: the last shards that were cut keep one code each
        for (int i = takes.size() - 1; i >= 0 && spare > 0; i--) {
            if (takes.get(i) > 0) {
                takes.set(i, takes.get(i) - 1);
                spare--;
            }
        }
        return takes;
    }

    /** The highest level to which the shards can be cut so that at least the wanted codes are gained; 0 if none is. */
    private static int remaining(List<Integer> sizes, long wanted) {
        int[] ascending = sizes.stream().mapToInt(Integer::intValue).sorted().toArray();
        long above = 0;
        for (int cut = 1; cut <= ascending.length; cut++) {
            above += ascending[ascending.length - cut];
            int floor = cut < ascending.length ? ascending[ascending.length - cut - 1] : 0;
            long level = Math.floorDiv(above - wanted, cut);
            if (level >= floor) {
                return (int) level;
            }
        }
        return 0;
    }
}
