package io.largesse.app.claim;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of claims, {@code largesse.claims.*}.
 *
 * @param perMinute requests of one user in a minute; 0: any number
 * @param looksPerMinute how often one user may look at his coupons in a minute, on each node; 0: any number
 * @param backlog claims that may wait for PostgreSQL, in all; more are answered with 503
 * @param timeout the longest that a claim waits for Redis, 0.1 s to 10 s
 * @param abandoned after how long any node writes what some node was given and has not written, 2 s to 10 min
 */
@ConfigurationProperties("largesse.claims")
public record ClaimSettings(
        @DefaultValue("10") int perMinute,
        @DefaultValue("60") int looksPerMinute,
        @DefaultValue("500000") long backlog,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("15s") Duration abandoned,
        @DefaultValue Tokens tokens) {

    /**
     * How users' tokens are verified. One of the three; a secret is made in the home if none is set.
     *
     * @param secretFile at least 32 bytes in base64, for HS256
     * @param publicKey a file with a public key in PEM, for RS256
     * @param jwkSetUri where the keys are, for the algorithm
     * @param algorithm of a key set: RS256, ES256 and the like; no other is accepted
     * @param issuer that tokens must name, if set
     * @param audience that tokens must name, if set
     */
    public record Tokens(
            @Nullable Path secretFile,
            @Nullable Path publicKey,
            @Nullable String jwkSetUri,
            @DefaultValue("RS256") String algorithm,
            @Nullable String issuer,
            @Nullable String audience) {}
}
