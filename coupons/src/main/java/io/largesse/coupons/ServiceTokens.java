package io.largesse.coupons;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The tokens of programs. */
@Component
public class ServiceTokens {

    /** What a token may be good for: reading figures; asking for a user's coupons; claiming for a user. */
    public static final List<String> SCOPES = List.of("metrics", "coupons", "claims");

    /** So that one is recognised, also by those who look for secrets where none belong. */
    public static final String PREFIX = "lgs_";

    private static final int BYTES = 32;
    private static final Duration LONGEST = Duration.ofDays(400);

    private final ServiceTokenMapper tokens;
    private final AuditTrail audit;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ServiceTokens(ServiceTokenMapper tokens, AuditTrail audit, Clock clock) {
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param secret to be shown once */
    public record Made(ServiceToken token, String secret) {}

    /** A new token; refused if its scopes are unknown or it would live longer than 400 days. */
    @Transactional
    public Made make(String name, List<String> scopes, Duration life, Actor by) {
        for (var scope : scopes) {
            if (!SCOPES.contains(scope)) {
                throw RefusedException.of("coupons.token.scope", scope, String.join(", ", SCOPES));
            }
        }
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST) > 0) {
            throw RefusedException.of("coupons.token.life", LONGEST.toDays());
        }
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var now = clock.instant();
        var token = tokens.insert(name, digest(secret), scopes, now, by.name(), now.plus(life));
        audit.record(by, "token.make", "token " + token.id(), null, null);
        return new Made(token, secret);
    }

    /** Those that are good for something now. */
    public List<ServiceToken> valid() {
        return tokens.valid(clock.instant());
    }

    /** All that were ever made. */
    public List<ServiceToken> all() {
        return tokens.all();
    }

    /** Takes a token away. Refused if there is none of this number that could be. */
    @Transactional
    public void revoke(long id, Actor by) {
        if (tokens.revoke(id, clock.instant()) == 0) {
            throw RefusedException.of("coupons.token.unknown", id);
        }
        audit.record(by, "token.revoke", "token " + id, null, null);
    }

    /** What is kept of a token, and what it is known by. */
    public static String digest(String secret) {
        try {
            // of 256 random bits: nothing that could be guessed, so no salt and no slow function
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
