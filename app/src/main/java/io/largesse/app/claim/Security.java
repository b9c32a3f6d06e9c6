package io.largesse.app.claim;

import io.largesse.coupons.UserId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.SecurityFilterChain;

/** Who may ask what. Nothing but health without a token; no session, no cookie, so nothing to forge requests with. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class Security {

    static final String USER = "ROLE_USER";

    @Bean
    SecurityFilterChain api(
            HttpSecurity http, AuthenticationManagerResolver<HttpServletRequest> tokens, Problems problems)
            throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .anonymous(anonymous -> {})
                .authorizeHttpRequests(requests -> requests.requestMatchers(
                                HttpMethod.GET,
                                "/actuator/health",
                                "/actuator/health/liveness",
                                "/actuator/health/readiness")
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, "/actuator/prometheus")
                        .hasAuthority("SCOPE_metrics")
                        .requestMatchers(HttpMethod.POST, "/api/v1/campaigns/*/claims")
                        .hasAnyAuthority(USER, "SCOPE_claims")
                        .requestMatchers(HttpMethod.GET, "/api/v1/users/*/coupons")
                        .hasAnyAuthority(USER, "SCOPE_coupons")
                        .requestMatchers(HttpMethod.GET, "/api/openapi.json", "/api/docs/**")
                        .authenticated()
                        .anyRequest()
                        .denyAll())
                .oauth2ResourceServer(server -> server.authenticationManagerResolver(tokens)
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
        var bearer = new DefaultBearerTokenResolver();
        return request -> {
            var token = bearer.resolve(request);
            return token != null && ServiceTokenAuthentication.isService(token) ? services : users;
        };
    }

    /** Whatever scopes somebody else's token has, here it is a user's and no more. */
    private static JwtAuthenticationToken user(Jwt token) {
        return new JwtAuthenticationToken(
                token, List.of(new SimpleGrantedAuthority(USER)), UserId.canonical(String.valueOf(token.getSubject())));
    }
}
