package io.largesse.pools;

/**
 * One user asks for one coupon.
 *
 * @param user canonical
 * @param key of this request, the same if it is repeated; empty: any request of the user may be meant by another
 */
public record ClaimRequest(String user, String key) {

    public ClaimRequest {
        if (key.indexOf('\n') >= 0 || user.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("neither a user nor a key has lines");
        }
    }
}
