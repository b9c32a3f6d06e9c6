package io.largesse.app.claim;

import io.largesse.coupons.UserId;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Who may ask what. Nothing but health without a token; no session, no cookie, so nothing to forge requests with. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    static final String USER = "ROLE_USER";

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private static final String[] DOCUMENTATION = {"/api/openapi.json/**", "/api/docs/**", "/api/swagger-ui/**"};

    /** For claims only what they need: the usual chain takes longer than all the rest of a claim. */
    @Bean
    @Order(1)
    SecurityFilterChain claimsChain(AuthenticationManagerResolver<HttpServletRequest> tokens, Problems problems) {
        var bearer = new BearerTokenAuthenticationFilter(tokens);
        bearer.setBearerTokenResolver(Security::token);
        bearer.setAuthenticationEntryPoint(problems::unauthenticated);
        var failed = new AuthenticationEntryPointFailureHandler(problems::unauthenticated);
        failed.setRethrowAuthenticationServiceException(false);
        bearer.setAuthenticationFailureHandler(failed);
        var errors = new ExceptionTranslationFilter(problems::unauthenticated, new NullRequestCache());
        errors.setAccessDeniedHandler(problems::forbidden);
        var authorization =
                new AuthorizationFilter(AuthorityAuthorizationManager.hasAnyAuthority(USER, "SCOPE_claims"));
        return new DefaultSecurityFilterChain(
                request -> request.getServletPath().equals("/api/v1/campaigns"), bearer, errors, authorization);
    }

    @Bean
    SecurityFilterChain apiChain(
            HttpSecurity http, AuthenticationManagerResolver<HttpServletRequest> tokens, Problems problems)
            throws Exception {
        return http.csrf(csrf -> csrf.disable())
                // none of these does anything for requests that bring a token, but each is asked each time
                .securityContext(context -> context.disable())
                .sessionManagement(session -> session.disable())
                .servletApi(api -> api.disable())
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> {})
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll() // what went wrong is told to whoever was let in, without details
                        .requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .hasAuthority("SCOPE_metrics")
                        .requestMatchers(HttpMethod.GET, "/api/v1/users/*/coupons")
                        .hasAnyAuthority(USER, "SCOPE_coupons")
                        .requestMatchers(HttpMethod.GET, DOCUMENTATION)
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(tokens)
                        .bearerTokenResolver(Security::token)
                        .authenticationEntryPoint(problems::unauthenticated)
                        .accessDeniedHandler(problems::forbidden))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(problems::unauthenticated)
                        .accessDeniedHandler(problems::forbidden))
                .build();
    }

    @Bean
    AuthenticationManagerResolver<HttpServletRequest> tokens(
            UserTokens userTokens, ServiceTokenAuthentication services) {
        var jwt = new JwtAuthenticationProvider(userTokens.decoder());
        jwt.setJwtAuthenticationConverter(Security::user);
        AuthenticationManager users = new ProviderManager(jwt);
        return request -> {
            var token = token(request);
            return token != null && ServiceTokenAuthentication.isService(token) ? services : users;
        };
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
        return who.getAuthorities().stream().anyMatch(one -> authority.equals(one.getAuthority()));
    }

    /** From the header and nowhere else; whatever it is, it is verified. */
    private static @Nullable String token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return header.substring(BEARER.length()).strip();
        }
        return header != null && isDocumentation(request) ? password(header) : null;
    }

    /** Pages that people look at with a browser, which can ask for a password and for nothing else. They change nothing. */
    static boolean isDocumentation(HttpServletRequest request) {
        var path = request.getServletPath();
        return path.startsWith("/api/openapi.json")
                || path.startsWith("/api/docs")
                || path.startsWith("/api/swagger-ui");
    }

    private static @Nullable String password(String header) {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return null;
        }
        try {
            var decoded =
                    Base64.getDecoder().decode(header.substring(BASIC.length()).strip());
            var pair = new String(decoded, StandardCharsets.UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Paths are checked as by default; what may stand in a header, the web server has checked already. */
    @Bean
    HttpFirewall firewall() {
        var firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderValues(value -> true);
        firewall.setAllowedHeaderNames(name -> true);
        return firewall;
    }

    /** Whatever scopes somebody else's token has, here it is a user's and no more. */
    private static JwtAuthenticationToken user(Jwt token) {
        return new JwtAuthenticationToken(
                token, List.of(new SimpleGrantedAuthority(USER)), UserId.canonical(String.valueOf(token.getSubject())));
    }
}
