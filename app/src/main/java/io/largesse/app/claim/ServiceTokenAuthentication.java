package io.largesse.app.claim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.largesse.coupons.ServiceToken;
import io.largesse.coupons.ServiceTokens;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Recognises the tokens of programs. Those in use are in memory, by their digest's owner only, until one is revoked. */
final class ServiceTokenAuthentication implements AuthenticationManager {

    private final ServiceTokens tokens;
    private final Clock clock;
    private final Cache<String, ServiceToken> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    ServiceTokenAuthentication(ServiceTokens tokens, News news, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        news.follow(known::invalidateAll);
    }

    static boolean isService(String token) {
        return token.startsWith(ServiceTokens.PREFIX);
    }

    @Override
    public Authentication authenticate(Authentication asked) throws AuthenticationException {
        var secret = ((BearerTokenAuthenticationToken) asked).getToken();
        var token = known.get(secret, this::find);
        if (token == null || !token.isValid(clock.instant())) {
            throw new InvalidBearerTokenException("unknown, expired or revoked");
        }
        var scopes = token.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated("service " + token.id(), null, scopes);
    }

    private @Nullable ServiceToken find(String secret) {
        return tokens.find(secret);
    }
}
