package io.largesse.app.claim;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.UserId;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** The tokens of users: JWTs that somebody else makes, or this installation with a secret of its own, to try with. */
public final class UserTokens {

    private static final int SECRET_BYTES = 32;
    private static final Duration KEYS_ASKED_FOR = Duration.ofSeconds(10);
    private static final Duration KEYS_WITHOUT_SERVER = Duration.ofHours(4);
    private static final String MAC = "HmacSHA256";

    private final ClaimSettings.Tokens settings;
    private final Path ownSecret;
    private final Clock clock;

    /** @param ownSecret where the secret is if the settings name no key; made if need be */
    public UserTokens(ClaimSettings.Tokens settings, Path ownSecret, Clock clock) {
        this.settings = settings;
        this.ownSecret = ownSecret;
        this.clock = clock;
    }

    /**
     * A token for a user, with the secret that nodes verify with. Refused if they verify with a public key: then only its
     * owner can make tokens.
     */
    public String make(String user, Duration life) {
        if (settings.publicKey() != null || settings.jwkSetUri() != null) {
            throw RefusedException.of("app.token.foreign");
        }
        var now = clock.instant();
        var claims = new JWTClaimsSet.Builder()
                .subject(UserId.parse(user))
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(life)));
        if (settings.issuer() != null) {
            claims.issuer(settings.issuer());
        }
        if (settings.audience() != null) {
            claims.audience(settings.audience());
        }
        try {
            var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
            token.sign(new MACSigner(secret()));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether another server has them. */
    boolean areKeysElsewhere() {
        return settings.jwkSetUri() != null;
    }

    /** Verifies by the configured key, and by no other algorithm than that key's. */
    JwtDecoder decoder() {
        var decoder = keyDecoder();
        decoder.setJwtValidator(validator());
        decoder.setClaimSetConverter(UserTokens::claims);
        return decoder;
    }

    /** The validators know times by another class; all else is as they expect it, and the default conversion costs a seventh of a verification. */
    private static Map<String, Object> claims(Map<String, Object> parsed) {
        var claims = new HashMap<>(parsed);
        claims.replaceAll((name, value) -> value instanceof Date date ? date.toInstant() : value);
        return claims;
    }

    /** Else the provider is looked for with each token. */
    private static void findProviderOnce(ConfigurableJWTProcessor<SecurityContext> processor) {
        try {
            var verifiers = new DefaultJWSVerifierFactory();
            verifiers.getJCAContext().setProvider(Mac.getInstance(MAC).getProvider());
            processor.setJWSVerifierFactory(verifiers);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private NimbusJwtDecoder keyDecoder() {
        if (settings.jwkSetUri() != null) {
            var algorithm = SignatureAlgorithm.from(settings.algorithm());
            if (algorithm == null) {
                throw RefusedException.of("app.token.algorithm", settings.algorithm());
            }
            return NimbusJwtDecoder.withJwkSource(keys(settings.jwkSetUri()))
                    .jwsAlgorithm(algorithm)
                    .build();
        }
        if (settings.publicKey() != null) {
            return NimbusJwtDecoder.withPublicKey(publicKey(settings.publicKey()))
                    .signatureAlgorithm(SignatureAlgorithm.RS256)
                    .build();
        }
        return NimbusJwtDecoder.withSecretKey(secret())
                .macAlgorithm(MacAlgorithm.HS256)
                .jwtProcessorCustomizer(UserTokens::findProviderOnce)
                .build();
    }

    /** Asked for anew for a key that is not known, but not as often as strangers make keys up; old ones do while it is away. */
    private static JWKSource<SecurityContext> keys(String uri) {
        try {
            return JWKSourceBuilder.create(URI.create(uri).toURL())
                    .rateLimited(KEYS_ASKED_FOR.toMillis())
                    .outageTolerant(KEYS_WITHOUT_SERVER.toMillis())
                    .build();
        } catch (IllegalArgumentException | MalformedURLException e) {
            throw RefusedException.of("app.token.key-set", uri);
        }
    }

    private OAuth2TokenValidator<Jwt> validator() {
        var validators = new ArrayList<OAuth2TokenValidator<Jwt>>();
        validators.add(new JwtTimestampValidator());
        // a token that never expires would be one that can never be taken away
        validators.add(new JwtClaimValidator<Object>(JwtClaimNames.EXP, expires -> expires != null));
        validators.add(new JwtClaimValidator<String>(JwtClaimNames.SUB, UserTokens::isUser));
        var issuer = settings.issuer();
        if (issuer != null) {
            validators.add(
                    new JwtClaimValidator<Object>(JwtClaimNames.ISS, named -> issuer.equals(String.valueOf(named))));
        }
        var audience = settings.audience();
        if (audience != null) {
            validators.add(new JwtClaimValidator<List<String>>(
                    JwtClaimNames.AUD, named -> named != null && named.contains(audience)));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }

    private static boolean isUser(@Nullable String subject) {
        return subject != null && UserId.problem(UserId.canonical(subject)) == null;
    }

    private static RSAPublicKey publicKey(Path file) {
        try {
            var pem = Files.readString(file).replaceAll("-----[A-Z ]+-----|\\s", "");
            var key = KeyFactory.getInstance("RSA")
                    .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(pem)));
            return (RSAPublicKey) key;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw RefusedException.of("app.token.public-key", file, e.getClass().getSimpleName());
        }
    }

    private SecretKey secret() {
        var file = settings.secretFile() != null ? settings.secretFile() : ownSecret;
        try {
            var secret = Base64.getDecoder().decode(Files.readString(file).strip());
            if (secret.length < SECRET_BYTES) {
                throw RefusedException.of("app.token.secret-short", file, SECRET_BYTES);
            }
            return new SecretKeySpec(secret, MAC);
        } catch (IOException | IllegalArgumentException e) {
            throw RefusedException.of("app.token.secret", file, e.getClass().getSimpleName());
        }
    }
}
