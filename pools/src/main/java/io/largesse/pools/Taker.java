package io.largesse.pools;

/**
 * Who takes codes: a piece of work and the token under which it runs now. When another owner takes the work over, it
 * raises the {@linkplain Pools#fence fence} to its higher token, and the former owner gets no more codes.
 *
 * @param name of the work, {@code g42} for grant 42
 * @param token from 0 to 2^53 (Lua counts in doubles)
 */
public record Taker(String name, long token) {

    private static final long MAX_TOKEN = 1L << 53;

    public Taker {
        Names.check("taker", name);
        if (token < 0 || token > MAX_TOKEN) {
            throw new IllegalArgumentException("token " + token + " of taker " + name + " is not from 0 to 2^53");
        }
    }
}
