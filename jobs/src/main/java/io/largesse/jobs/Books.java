package io.largesse.jobs;

import java.util.List;

/**
 * Both sides of a campaign's books: what was generated, and where it stands. Each code counts once, where it was found last on
 * its way.
 *
 * @param generated codes of its finished ranges
 * @param inPools codes that nobody holds, those on the move between shards included
 * @param allotted codes of grants, not yet coupons
 * @param claimed codes that users have and that wait to be written
 * @param coupons codes that are coupons
 * @param archived codes of coupons that left the table for the archive
 * @param voided codes that are on record as void
 * @param lost codes that are nowhere and not on record as void; negative if void ones have come back
 * @param unknown codes that PostgreSQL has never generated: it was restored to an older moment
 * @param twice codes that stand where only one of them may, with the places; the first hundred
 * @param twiceInAll how many of those there are
 */
public record Books(
        String campaign,
        long generated,
        long inPools,
        long allotted,
        long claimed,
        long coupons,
        long archived,
        long voided,
        long lost,
        long unknown,
        List<Twice> twice,
        long twiceInAll) {

    /** A code in two places. */
    public record Twice(String code, String here, String there) {

        boolean isInPool() {
            return here.equals(CodeMap.Place.POOL.name()) || here.equals(CodeMap.Place.MOVING.name());
        }
    }

    /**
     * Whether a fresh pool would mend them: codes are nowhere, void ones have come back, or the pool has somebody's code. Not if
     * PostgreSQL was restored: serials have to be skipped first, which is for an operator to say.
     */
    public boolean isWrongByPool() {
        return unknown == 0 && (lost != 0 || twice.stream().anyMatch(Twice::isInPool));
    }

    public boolean balance() {
        return lost == 0 && unknown == 0 && twiceInAll == 0;
    }
}
