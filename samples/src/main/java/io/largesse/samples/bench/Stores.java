package io.largesse.samples.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The servers of an installation, reached without the product.
 *
 * @param settings their addresses, by the names of the product's settings
 */
record Stores(Map<String, String> settings) {

    int postgresPort() {
        return URI.create(postgres().substring("jdbc:".length())).getPort();
    }

    /** All of them as variables of a program's environment, PostgreSQL by another port. */
    Map<String, String> environmentBy(int port) {
        var environment = new HashMap<String, String>();
        settings.forEach((name, value) ->
                environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace("-", ""), value));
        environment.put("SPRING_DATASOURCE_URL", postgres().replace(":" + postgresPort() + "/", ":" + port + "/"));
        return environment;
    }

    private String postgres() {
        return settings.getOrDefault("spring.datasource.url", "");
    }

    Sql sql() {
        return Sql.connect(settings);
    }

    Redis redis() {
        return Redis.at(URI.create(settings.getOrDefault("spring.data.redis.url", "")));
    }
}
