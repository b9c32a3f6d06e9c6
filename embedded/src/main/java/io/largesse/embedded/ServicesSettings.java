package io.largesse.embedded;

import java.util.Map;

/** What an application is told about the services, in the names its settings have. */
final class ServicesSettings {

    private ServicesSettings() {}

    static Map<String, String> of(Home home) {
        return Map.of(
                "spring.datasource.url",
                "jdbc:postgresql://" + Ports.LOOPBACK + ":" + home.postgres().port() + "/" + PostgresCluster.DATABASE,
                "spring.datasource.username",
                PostgresCluster.OWNER,
                "spring.datasource.password",
                PostgresCluster.ownerPassword(home),
                "spring.data.redis.url",
                "redis://:" + Redis.password(home) + "@" + Ports.LOOPBACK + ":"
                        + home.redis().port(),
                "largesse.store.endpoint",
                ObjectStoreEndpoint.address(home).toString(),
                "largesse.store.access-key",
                ObjectStoreEndpoint.accessKey(home),
                "largesse.store.secret-key",
                ObjectStoreEndpoint.secretKey(home),
                "largesse.store.bucket",
                ObjectStoreEndpoint.BUCKET,
                "largesse.store.region",
                ObjectStoreEndpoint.REGION);
    }
}
