package io.largesse.app.claim;

import io.largesse.coupons.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Who a token stands for: a user, by a JWT, or a program. */
final class Tokens {

    static final String USER = "ROLE_USER";

    private static final String BEARER = "Bearer ";

    private final AuthenticationManager users;
    private final AuthenticationManager services;
    private final boolean keysElsewhere;

    Tokens(UserTokens userTokens, ServiceTokenAuthentication services) {
        var jwt = new JwtAuthenticationProvider(userTokens.decoder());
        jwt.setJwtAuthenticationConverter(Tokens::user);
        this.users = new ProviderManager(jwt);
        this.services = services;
        this.keysElsewhere = userTokens.areKeysElsewhere();
    }

    /** Whatever scopes somebody else's token has, here it is a user's and no more. */
    private static JwtAuthenticationToken user(Jwt token) {
        return new JwtAuthenticationToken(
                token, List.of(new SimpleGrantedAuthority(USER)), UserId.canonical(String.valueOf(token.getSubject())));
    }

    /**
     * @param header Authorization
     * @throws org.springframework.security.core.AuthenticationException if it has no valid token, or it cannot be told
     */
    Authentication authenticate(@Nullable String header) {
        var token = bearer(header);
        if (token == null || token.isEmpty()) {
            throw new InvalidBearerTokenException("none");
        }
        return of(token).authenticate(new BearerTokenAuthenticationToken(token));
    }

    /** Whether another server may have to be asked about it. */
    boolean mayWait(@Nullable String header) {
        var token = bearer(header);
        return token != null && keysElsewhere && !ServiceTokenAuthentication.isService(token);
    }

    /** Who verifies such a token. */
    AuthenticationManager of(@Nullable String token) {
        return token != null && ServiceTokenAuthentication.isService(token) ? services : users;
    }

    /** From the header and nowhere else; whatever it is, it is verified. */
    static @Nullable String bearer(@Nullable String header) {
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }

    static boolean mayClaim(Authentication who) {
        return has(who, USER) || isService(who, "claims");
    }

    /** Whether the request comes from this user. */
    static boolean isUser(@Nullable Authentication who, String user) {
        return who != null && has(who, USER) && user.equals(who.getName());
    }

    /** Whether the request comes from a program that has this right for any user. */
    static boolean isService(@Nullable Authentication who, String scope) {
        return who != null && has(who, "SCOPE_" + scope);
    }

    private static boolean has(Authentication who, String authority) {
        return who.isAuthenticated()
                && who.getAuthorities().stream().anyMatch(one -> authority.equals(one.getAuthority()));
    }
}
