package io.largesse.app.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.largesse.coupons.RefusedException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Tokens that somebody else makes, verified by his public key or by the keys that he publishes. */
class UserTokensTest {

    private static final String ISSUER = "https://shop.example";
    private static final String AUDIENCE = "largesse";

    @TempDir
    Path directory;

    @Test
    void aPublicKeyVerifiesItsOwnTokensAndNoOthers() throws Exception {
        var key = new RSAKeyGenerator(2048).generate();
        var file = pem(key);
        var decoder = decoder(file, null, "RS256");

        assertThat(decoder.decode(token(key)).getSubject()).isEqualTo("U00000001");
        refused(decoder, token(new RSAKeyGenerator(2048).generate()));
        // whoever knows the public key, which is no secret, must not be able to sign with it
        refused(decoder, token(JWSAlgorithm.HS256, new MACSigner(Files.readAllBytes(file)), null, claims()));
        refused(decoder, token(JWSAlgorithm.RS512, new RSASSASigner(key), null, claims()));
    }

    @Test
    void issuerAndAudienceMustBeTheseIfTheyAreSet() throws Exception {
        var key = new RSAKeyGenerator(2048).generate();
        var decoder = decoder(pem(key), null, "RS256");

        for (var wrong : new JWTClaimsSet.Builder[] {
            claims().issuer("https://elsewhere.example"),
            claims().issuer(null),
            claims().audience("another"),
            claims().audience((String) null),
            claims().expirationTime(null),
            claims().expirationTime(Date.from(Instant.now().minus(Duration.ofHours(1)))),
            claims().notBeforeTime(Date.from(Instant.now().plus(Duration.ofHours(1)))),
            claims().subject(null),
            claims().subject("a b")
        }) {
            refused(decoder, token(JWSAlgorithm.RS256, new RSASSASigner(key), null, wrong));
        }
    }

    @Test
    void publishedKeysAreAskedForAndAskedAgainForAKeyThatIsNew() throws Exception {
        var first = new RSAKeyGenerator(2048).keyID("first").generate();
        var second = new RSAKeyGenerator(2048).keyID("second").generate();
        var madeUp = new ArrayList<String>(); // by strangers; made before, since how often is asked goes by the clock
        for (int i = 0; i < 5; i++) {
            madeUp.add(token(new RSAKeyGenerator(2048).keyID("made-up-" + i).generate()));
        }
        try (var keys = new Keys(first)) {
            var decoder = decoder(null, keys.uri(), "RS256");
            assertThat(decoder.decode(token(first)).getSubject()).isEqualTo("U00000001");

            keys.publish(second);
            assertThat(decoder.decode(token(second)).getSubject()).isEqualTo("U00000001");
            for (var token : madeUp) {
                refused(decoder, token);
            }
            assertThat(keys.asked.get()).isEqualTo(2);
            assertThat(decoder.decode(token(second)).getSubject()).isEqualTo("U00000001");
        }
    }

    /** A key of another kind in the same set makes no other algorithm good. */
    @Test
    void ofPublishedKeysOnlyTheAlgorithmThatIsSetIsGood() throws Exception {
        var curve = new ECKeyGenerator(Curve.P_256).keyID("curve").generate();
        try (var keys = new Keys(curve)) {
            var signed = token(JWSAlgorithm.ES256, new ECDSASigner(curve), "curve", claims());
            refused(decoder(null, keys.uri(), "RS256"), signed);
            assertThat(decoder(null, keys.uri(), "ES256").decode(signed).getSubject())
                    .isEqualTo("U00000001");
        }
        assertThatThrownBy(() -> decoder(null, "http://127.0.0.1:1/keys", "none"))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void aFileThatIsNoKeyIsRefusedAtTheStart() throws Exception {
        var file = Files.writeString(directory.resolve("nonsense.pem"), "-----BEGIN PUBLIC KEY-----\nabc\n");

        assertThatThrownBy(() -> decoder(file, null, "RS256"))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("nonsense.pem");
    }

    private JwtDecoder decoder(@Nullable Path publicKey, @Nullable String uri, String algorithm) {
        var settings = new ClaimSettings.Tokens(null, publicKey, uri, algorithm, ISSUER, AUDIENCE);
        return new UserTokens(settings, directory.resolve("none"), Clock.systemUTC()).decoder();
    }

    private Path pem(RSAKey key) throws Exception {
        var text = Base64.getMimeEncoder().encodeToString(key.toRSAPublicKey().getEncoded());
        return Files.writeString(
                directory.resolve("key.pem"), "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("U00000001")
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))));
    }

    private static String token(RSAKey key) throws Exception {
        return token(JWSAlgorithm.RS256, new RSASSASigner(key), key.getKeyID(), claims());
    }

    private static String token(
            JWSAlgorithm algorithm, JWSSigner signer, @Nullable String key, JWTClaimsSet.Builder claims)
            throws Exception {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims.build());
        token.sign(signer);
        return token.serialize();
    }

    private static void refused(JwtDecoder decoder, String token) {
        assertThatThrownBy(() -> decoder.decode(token)).isInstanceOf(JwtException.class);
    }

    /** Where somebody publishes his keys. */
    private static final class Keys implements AutoCloseable {

        private final HttpServer server;
        private final AtomicInteger asked = new AtomicInteger();
        private volatile JWK key;

        private Keys(JWK key) throws Exception {
            this.key = key;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/keys", exchange -> {
                asked.incrementAndGet();
                var body = new JWKSet(this.key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        private String uri() {
            return "http://127.0.0.1:" + server.getAddress().getPort() + "/keys";
        }

        private void publish(JWK now) {
            key = now;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
