package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The three stores as a client sees them that knows nothing but the settings. */
record Stores(Map<String, String> settings) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                get("spring.datasource.url") + "?connectTimeout=3&socketTimeout=10",
                get("spring.datasource.username"),
                get("spring.datasource.password"));
    }

    String sql(String statement) {
        try (var connection = connect();
                var run = connection.createStatement()) {
            if (!run.execute(statement)) {
                return "";
            }
            try (var rows = run.getResultSet()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String redis(String command) {
        var url = URI.create(get("spring.data.redis.url"));
        try (var talk = new RedisTalk(url.getPort(), url.getUserInfo().substring(1))) {
            return talk.ask(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void putObject(String key, String content) {
        s3(client -> client.putObject(
                request -> request.bucket(get("largesse.store.bucket")).key(key),
                RequestBody.fromString(content, StandardCharsets.UTF_8)));
    }

    String object(String key) {
        return s3(client -> client.getObjectAsBytes(
                        request -> request.bucket(get("largesse.store.bucket")).key(key))
                .asUtf8String());
    }

    private <T> T s3(Function<S3Client, T> work) {
        var credentials =
                AwsBasicCredentials.create(get("largesse.store.access-key"), get("largesse.store.secret-key"));
        try (var client = S3Client.builder()
                .endpointOverride(URI.create(get("largesse.store.endpoint")))
                .region(Region.of(get("largesse.store.region")))
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()) {
            return work.apply(client);
        }
    }

    /** Leaves a mark in all three. */
    void mark(String mark) {
        sql("CREATE TABLE IF NOT EXISTS mark (mark text)");
        sql("INSERT INTO mark VALUES ('" + mark + "')");
        redis("SET " + mark + " here");
        putObject(mark, "here");
    }

    /** Whether the mark stands in all three. */
    boolean hold(String mark) {
        return sql("SELECT count(*) FROM mark WHERE mark = '" + mark + "'").equals("1")
                && redis("GET " + mark).equals("here")
                && object(mark).equals("here");
    }

    private String get(String key) {
        return settings.getOrDefault(key, "");
    }
}
