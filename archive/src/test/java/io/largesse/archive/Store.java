package io.largesse.archive;

import io.largesse.embedded.EmbeddedServices;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The S3 endpoint of these tests, held until the tests' JVM ends. It checks signatures. */
final class Store {

    private static final EmbeddedServices SERVICES = EmbeddedServices.use(Path.of("target/services"));

    private Store() {}

    static StoreSettings settings() {
        return settings(Map.of());
    }

    /** The settings with some of them replaced, by the name of the record's component. */
    static StoreSettings settings(Map<String, String> other) {
        var p = SERVICES.properties();
        return new StoreSettings(
                URI.create(other.getOrDefault("endpoint", p.get("largesse.store.endpoint"))),
                p.get("largesse.store.region"),
                other.getOrDefault("bucket", p.get("largesse.store.bucket")),
                p.get("largesse.store.access-key"),
                other.getOrDefault("secretKey", p.get("largesse.store.secret-key")),
                true,
                StoreSettings.Checksums.valueOf(other.getOrDefault("checksums", "WHEN_REQUIRED")),
                other.get("encryption"));
    }
}
