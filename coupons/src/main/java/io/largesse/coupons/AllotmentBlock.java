package io.largesse.coupons;

import java.util.List;

/** Codes that one shard gave to a grant at once; blocks of a grant and shard count from 1. */
public record AllotmentBlock(int shard, int blockNo, List<String> codes) {}
