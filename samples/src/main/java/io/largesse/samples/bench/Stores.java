package io.largesse.samples.bench;

import java.net.URI;
import java.util.Map;

/**
 * The servers of an installation, reached without the product.
 *
 * @param settings their addresses, by the names of the product's settings
 */
record Stores(Map<String, String> settings) {

    Sql sql() {
        return Sql.connect(settings);
    }

    Redis redis() {
        return Redis.at(URI.create(settings.getOrDefault("spring.data.redis.url", "")));
    }
}
