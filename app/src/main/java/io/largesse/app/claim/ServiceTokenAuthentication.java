package io.largesse.app.claim;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.largesse.coupons.ServiceToken;
import io.largesse.coupons.ServiceTokens;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/**
 * Recognises the tokens of programs. All that are valid are in memory: strangers who make some up ask nothing of PostgreSQL,
 * and while it is away whoever was known stays known.
 */
final class ServiceTokenAuthentication implements AuthenticationManager {

    private final ServiceTokens tokens;
    private final Clock clock;
    private volatile Map<String, ServiceToken> byDigest = Map.of();

    ServiceTokenAuthentication(ServiceTokens tokens, News news, Clock clock) {
        this.tokens = tokens;
        this.clock = clock;
        news.follow(this::read);
    }

    private void read() {
        byDigest = tokens.valid().stream().collect(toUnmodifiableMap(ServiceToken::digest, Function.identity()));
    }

    static boolean isService(String token) {
        return token.startsWith(ServiceTokens.PREFIX);
    }

    @Override
    public Authentication authenticate(Authentication asked) throws AuthenticationException {
        var secret = ((BearerTokenAuthenticationToken) asked).getToken();
        var token = byDigest.get(ServiceTokens.digest(secret));
        if (token == null || !token.isValid(clock.instant())) {
            throw new InvalidBearerTokenException("unknown, expired or revoked");
        }
        var scopes = token.scopes().stream()
                .map(scope -> new SimpleGrantedAuthority("SCOPE_" + scope))
                .toList();
        return UsernamePasswordAuthenticationToken.authenticated("service " + token.id(), null, scopes);
    }
}
