package io.largesse.app.claim;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationEntryPointFailureHandler;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.security.web.savedrequest.NullRequestCache;

/** Who may ask what, besides claims ({@link ClaimHandler}). Nothing but health without a token; no session, no cookie, so nothing to forge requests with. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    private static final String BASIC = "Basic ";

    private static final String[] DOCUMENTATION = {"/api/openapi.json/**", "/api/docs/**", "/api/swagger-ui/**"};

    @Bean
    SecurityFilterChain apiChain(HttpSecurity http, Tokens tokens, Problems problems) throws Exception {
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
                        .requestMatchers(HttpMethod.GET, "/api/v1/users/*/coupons", "/api/v1/coupons")
                        .hasAnyAuthority(Tokens.USER, "SCOPE_coupons")
                        .requestMatchers(HttpMethod.GET, DOCUMENTATION)
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(
                        server -> server.authenticationManagerResolver(request -> tokens.of(token(request)))
                                .bearerTokenResolver(Security::token)
                                .authenticationEntryPoint(problems::unauthenticated)
                                .accessDeniedHandler(problems::forbidden)
                                .withObjectPostProcessor(answering(problems)))
                .exceptionHandling(errors -> errors.authenticationEntryPoint(problems::unauthenticated)
                        .accessDeniedHandler(problems::forbidden))
                .build();
    }

    /** By default a token that cannot be looked up is an error of the server, without a word. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> answering(Problems problems) {
        var failed = new AuthenticationEntryPointFailureHandler(problems::unauthenticated);
        failed.setRethrowAuthenticationServiceException(false);
        return new ObjectPostProcessor<>() {
            @Override
            public <T extends BearerTokenAuthenticationFilter> T postProcess(T filter) {
                filter.setAuthenticationFailureHandler(failed);
                return filter;
            }
        };
    }

    @Bean
    Tokens tokens(UserTokens userTokens, ServiceTokenAuthentication services) {
        return new Tokens(userTokens, services);
    }

    private static @Nullable String token(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        var token = Tokens.bearer(header);
        return token == null && header != null && isDocumentation(request) ? password(header) : token;
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
}
