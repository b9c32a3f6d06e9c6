package io.largesse.pools;

/**
 * Whether codes go in and out of a campaign's pool.
 *
 * @param open false if it is closed in any shard, or was never opened, or Redis lost it
 * @param epoch raised with each change; 0 if it was never opened
 */
public record Gate(boolean open, long epoch) {}
