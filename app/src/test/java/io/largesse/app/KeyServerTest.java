package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A node whose users' tokens are verified by keys that another server publishes, which may be away. */
class KeyServerTest {

    private static final Program PROGRAM = Program.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void claimsWaitForTheKeysAndGoOnWithoutTheirServer() throws Exception {
        var campaign = new Sample(PROGRAM).campaign(10);
        PROGRAM.json("code", "generate", campaign, "--count", "10");
        var key = new RSAKeyGenerator(2048).keyID("one").generate();
        var away = new AtomicBoolean(true);
        var keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/keys", exchange -> {
            if (!away.get()) {
                var set = new JWKSet(key.toPublicJWK()).toString().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, set.length);
                exchange.getResponseBody().write(set);
            }
            exchange.close();
        });
        keys.start();
        var uri = "http://127.0.0.1:" + keys.getAddress().getPort() + "/keys";
        try (var server = Server.start(PROGRAM.home(), Map.of("largesse.claims.tokens.jwk-set-uri", uri))) {
            var first = server.claim(campaign, token(key, "U00000001"));
            assertThat(first.status()).as(first.toString()).isEqualTo(503);
            assertThat(first.problem()).isEqualTo("unavailable");
            assertThat(first.header("Retry-After")).isNotEmpty();

            away.set(false);
            await().atMost(PATIENCE)
                    .until(() -> server.claim(campaign, token(key, "U00000001")).status() == 201);
            var stranger = new RSAKeyGenerator(2048).keyID("one").generate();
            assertThat(server.claim(campaign, token(stranger, "U00000002")).status())
                    .isEqualTo(401);

            away.set(true);
            assertThat(server.claim(campaign, token(key, "U00000002")).status())
                    .as("by the key that is known")
                    .isEqualTo(201);
        } finally {
            keys.stop(0);
        }
    }

    private static String token(RSAKey key, String user) throws Exception {
        var header =
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build();
        var claims = new JWTClaimsSet.Builder()
                .subject(user)
                .expirationTime(Date.from(Instant.now().plus(Duration.ofHours(1))))
                .build();
        var signed = new SignedJWT(header, claims);
        signed.sign(new RSASSASigner(key));
        return signed.serialize();
    }
}
