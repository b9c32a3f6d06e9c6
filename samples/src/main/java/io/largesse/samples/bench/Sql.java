package io.largesse.samples.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** A session of PostgreSQL by plain JDBC, each statement a transaction of its own. */
final class Sql implements AutoCloseable {

    private final Connection connection;

    private Sql(Connection connection) {
        this.connection = connection;
    }

    /** @param settings with the names that Spring has for the url, the user and the password */
    static Sql connect(Map<String, String> settings) {
        var login = new Properties();
        login.put("user", settings.getOrDefault("spring.datasource.username", ""));
        login.put("password", settings.getOrDefault("spring.datasource.password", ""));
        login.put("ApplicationName", "auditor");
        login.put("sslmode", "disable");
        try {
            return new Sql(DriverManager.getConnection(settings.get("spring.datasource.url"), login));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void run(String statement) {
        try (var made = connection.createStatement()) {
            made.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    long number(String query, Object... arguments) {
        var rows = rows(query, arguments);
        return rows.isEmpty() ? 0 : Long.parseLong(rows.get(0).get(0));
    }

    /** The first column. */
    List<String> texts(String query, Object... arguments) {
        return rows(query, arguments).stream().map(row -> row.get(0)).toList();
    }

    /** All columns as text; {@code null} is the text "null". */
    List<List<String>> rows(String query, Object... arguments) {
        try (var prepared = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                prepared.setObject(i + 1, arguments[i]);
            }
            return rows(prepared);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private static List<List<String>> rows(PreparedStatement prepared) throws SQLException {
        var all = new ArrayList<List<String>>();
        try (var rows = prepared.executeQuery()) {
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    row.add(String.valueOf(rows.getString(column)));
                }
                all.add(row);
            }
        }
        return all;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
