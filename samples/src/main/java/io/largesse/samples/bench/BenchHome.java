package io.largesse.samples.bench;

import io.largesse.app.SpringNode;
import io.largesse.embedded.EmbeddedServices;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A home made for a benchmark and deleted after it, with the application running on its own local services. */
final class BenchHome implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path home;
    private final SpringNode node;

    private BenchHome(Path home) {
        this.home = home;
        this.node = new SpringNode(home);
    }

    static BenchHome open() {
        for (var setting : new String[] {"SPRING_DATASOURCE_URL", "SPRING_DATA_REDIS_URL", "LARGESSE_STORE_ENDPOINT"}) {
            if (System.getenv(setting) != null) {
                throw new IllegalStateException(
                        "a benchmark fills and empties its servers: unset " + setting + ", it brings its own");
            }
        }
        var outer = Path.of(Objects.requireNonNullElse(System.getenv("LARGESSE_HOME"), ".largesse"));
        var home = outer.resolve("bench").toAbsolutePath().normalize();
        delete(home);
        System.setProperty("largesse.logs", home.resolve("logs").toString());
        return new BenchHome(home);
    }

    Path path() {
        return home;
    }

    <T> T get(Class<T> type) {
        return node.get(type);
    }

    JdbcTemplate sql() {
        return new JdbcTemplate(node.get(DataSource.class));
    }

    @Override
    public void close() {
        node.close();
        delete(home);
    }

    private static void delete(Path home) {
        if (!Files.isDirectory(home)) {
            return;
        }
        EmbeddedServices.stopEvenIfUsed(home, PATIENCE);
        try (var files = Files.walk(home)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
