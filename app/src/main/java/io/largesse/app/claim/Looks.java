package io.largesse.app.claim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often users have looked at their coupons on this node: each look asks the tables that jobs write to, so one user must
 * not keep the database busy.
 */
final class Looks {

    static final Duration MINUTE = Duration.ofMinutes(1);

    private static final int USERS = 100_000;

    private final int most;
    private final Cache<String, AtomicInteger> looks;

    /** @param most of a user in a minute, which begins with the first; 0: any number */
    Looks(int most, Ticker ticker) {
        this.most = most;
        this.looks = Caffeine.newBuilder()
                .maximumSize(USERS)
                .expireAfterWrite(MINUTE)
                .ticker(ticker)
                .build();
    }

    /** Counts a look; false if there were too many. */
    boolean mayLook(String user) {
        return most == 0 || looks.get(user, first -> new AtomicInteger()).incrementAndGet() <= most;
    }
}
