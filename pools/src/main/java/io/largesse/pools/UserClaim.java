package io.largesse.pools;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A claim that Redis remembers of a user.
 *
 * @param ledger of the campaign
 */
public record UserClaim(long ledger, String code, Instant at, Instant validTo, int ordinal) {

    /** @param lines as the claim script writes them: code, when, valid until, the how manyth, key */
    static List<UserClaim> of(long ledger, @Nullable String lines) {
        if (lines == null) {
            return List.of();
        }
        var claims = new java.util.ArrayList<UserClaim>();
        for (var line : lines.lines().toList()) {
            var words = line.split(" ", 5);
            claims.add(new UserClaim(
                    ledger,
                    words[0],
                    Instant.ofEpochMilli(Long.parseLong(words[1])),
                    Instant.ofEpochMilli(Long.parseLong(words[2])),
                    Integer.parseInt(words[3])));
        }
        return claims;
    }
}
