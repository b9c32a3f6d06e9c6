package io.largesse.coupons;

/**
 * Who asked for a change.
 *
 * @param name the person or service
 * @param origin the way in: cli, schedule, api
 * @param requestId groups what one request did
 */
public record Actor(String name, String origin, String requestId) {

    @Override
    public String toString() {
        return name + " by " + origin;
    }
}
