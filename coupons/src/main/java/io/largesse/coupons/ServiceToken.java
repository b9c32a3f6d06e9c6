package io.largesse.coupons;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The right of a program to ask, until it expires or is taken away. The token itself is not kept, but its SHA-256. */
public record ServiceToken(
        long id,
        String digest,
        String name,
        List<String> scopes,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        @Nullable Instant revokedAt) {

    public boolean isValid(Instant at) {
        return revokedAt == null && at.isBefore(expiresAt);
    }
}
