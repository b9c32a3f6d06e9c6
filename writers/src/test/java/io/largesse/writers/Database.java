package io.largesse.writers;

import io.largesse.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The PostgreSQL of these tests, held until the tests' JVM ends. */
final class Database {

    private static final EmbeddedServices SERVICES = EmbeddedServices.use(Path.of("target/services"));

    private Database() {}

    static Connection connect() throws SQLException {
        var properties = SERVICES.properties();
        return DriverManager.getConnection(
                properties.get("spring.datasource.url"),
                properties.get("spring.datasource.username"),
                properties.get("spring.datasource.password"));
    }
}
