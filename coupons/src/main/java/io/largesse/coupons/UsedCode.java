package io.largesse.coupons;

/** A code in an allotment that somebody has already; {@code place} counts from 1 within the block. */
public record UsedCode(int shard, int blockNo, int place, String code) {

    boolean isIn(AllotmentBlock block) {
        return shard == block.shard() && blockNo == block.blockNo();
    }
}
