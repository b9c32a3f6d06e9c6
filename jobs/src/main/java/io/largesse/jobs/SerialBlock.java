package io.largesse.jobs;

import io.largesse.pools.ShardRange;

/** Consecutive serials of one part of a code range. */
record SerialBlock(ShardRange part, long first, int count) {}
