package io.largesse.app.claim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.largesse.coupons.ServiceToken;
import io.largesse.coupons.ServiceTokens;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.transaction.TransactionException;

/** Recognises the tokens of programs. Those in use are kept in memory until something has changed among the tokens. */
final class ServiceTokenAuthentication implements AuthenticationManager {

    /** Look-ups at a time, and for how long one that found nothing is believed: strangers may ask as often as they like. */
    private static final int LOOK_UPS = 2;

    private static final Duration UNKNOWN = Duration.ofSeconds(10);

    private final ServiceTokens tokens;
    private final Clock clock;
    private final Semaphore lookUps = new Semaphore(LOOK_UPS);
    private final Cache<String, ServiceToken> known =
            Caffeine.newBuilder().maximumSize(1_000).build();
    private final Cache<String, Boolean> unknown =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(UNKNOWN).build();

    ServiceTokenAuthentication(ServiceTokens tokens, News news, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        // while PostgreSQL is away there is no news, and who was known stays known
        news.follow(() -> {
            known.invalidateAll();
            unknown.invalidateAll();
        });
    }

    static boolean isService(String token) {
        return token.startsWith(ServiceTokens.PREFIX);
    }

    @Override
    public Authentication authenticate(Authentication asked) throws AuthenticationException {
        var secret = ((BearerTokenAuthenticationToken) asked).getToken();
        var token = unknown.getIfPresent(secret) != null ? null : find(secret);
        if (token == null || !token.isValid(clock.instant())) {
            throw new InvalidBearerTokenException("unknown, expired or revoked");
        }
        var scopes = token.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated("service " + token.id(), null, scopes);
    }

    private @Nullable ServiceToken find(String secret) {
        var token = known.getIfPresent(secret);
        if (token != null) {
            return token;
        }
        if (!lookUps.tryAcquire()) {
            throw new AuthenticationServiceException("too many tokens are looked up");
        }
        try {
            var found = tokens.find(secret);
            if (found == null) {
                unknown.put(secret, true);
            } else {
                known.put(secret, found);
            }
            return found;
        } catch (DataAccessException | TransactionException e) {
            throw new AuthenticationServiceException("tokens cannot be looked up", e);
        } finally {
            lookUps.release();
        }
    }
}
