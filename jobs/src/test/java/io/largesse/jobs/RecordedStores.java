package io.largesse.jobs;

import io.largesse.coupons.ObjectStore;
import io.largesse.jobs.Recording.Part;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import org.postgresql.PGConnection;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Takes a recording from the stores, and puts one back. */
final class RecordedStores {

    private RecordedStores() {}

    /** All tables but Flyway's own, in the order of their making: what others refer to comes first. */
    static List<Part> ofDatabase(Connection sql) throws SQLException, IOException {
        var parts = new ArrayList<Part>();
        for (var table : column(sql, """
                SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
                  AND relnamespace = 'public'::regnamespace AND relname <> 'flyway_schema_history' ORDER BY oid""")) {
            if (table.startsWith("staged")) {
                parts.add(new Part(List.of("sql"), List.of(definition(sql, table))));
            }
            var columns = String.join(
                    ", ",
                    column(
                            sql,
                            "SELECT attname FROM pg_attribute WHERE attnum > 0"
                                    + " AND NOT attisdropped AND attrelid = '" + table
                                    + "'::regclass ORDER BY attnum"));
            var rows = new ByteArrayOutputStream();
            sql.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (SELECT " + columns + " FROM " + table + " ORDER BY 1, 2) TO STDOUT", rows);
            parts.add(new Part(
                    List.of("table", table, "(" + columns + ")"),
                    rows.toString(StandardCharsets.UTF_8).lines().toList()));
        }
        for (var sequence : column(
                sql,
                "SELECT sequencename || ' ' || last_value FROM pg_sequences"
                        + " WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY 1")) {
            parts.add(new Part(List.of("sequence", sequence), List.of()));
        }
        return parts;
    }

    private static String definition(Connection sql, String table) throws SQLException {
        return column(sql, """
                SELECT 'CREATE TABLE %1$s (' || string_agg(attname || ' ' || format_type(atttypid, atttypmod)
                  || CASE WHEN attcollation = '"C"'::regcollation THEN ' COLLATE "C"' ELSE '' END
                  || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY attnum) || ')'
                FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid = '%1$s'::regclass""".formatted(table)).get(0);
    }

    static List<String> column(Connection sql, String query) throws SQLException {
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery(query)) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    static List<Part> ofRedis(RedissonClient redis) {
        var parts = new ArrayList<Part>();
        var keys = new ArrayList<String>();
        redis.getKeys().getKeys().forEach(keys::add);
        keys.sort(null);
        for (var key : keys) {
            var kind = redis.getKeys().getType(key);
            switch (kind) {
                case LIST -> parts.add(new Part(List.of("list", key), list(redis, key)));
                case MAP -> {
                    var fields = new ArrayList<String>();
                    redis.<String, String>getMap(key, StringCodec.INSTANCE)
                            .readAllMap()
                            .forEach((field, value) -> fields.add(field + "\t" + value));
                    fields.sort(null);
                    parts.add(new Part(List.of("hash", key), fields));
                }
                case OBJECT -> parts.add(new Part(List.of("string", key), List.of(string(redis, key))));
                default -> throw new IllegalStateException(key + " is a " + kind + ", which no recording knows");
            }
        }
        return parts;
    }

    private static List<String> list(RedissonClient redis, String key) {
        return redis.<String>getList(key, StringCodec.INSTANCE).readAll();
    }

    private static String string(RedissonClient redis, String key) {
        return redis.<String>getBucket(key, StringCodec.INSTANCE).get();
    }

    static Part ofObject(ObjectStore store, String key) throws IOException {
        var file = Files.createTempFile(Path.of("target"), "object-", ".tmp");
        store.fetch(key, file);
        return new Part(List.of("object", key), List.of(Base64.getEncoder().encodeToString(Files.readAllBytes(file))));
    }

    /** Fills a database whose tables the migrations of the recorded build have made. */
    static void restore(List<Part> parts, Connection sql) throws SQLException, IOException {
        for (var part : parts) {
            switch (part.kind()) {
                case "sql" -> execute(sql, String.join("\n", part.lines()));
                case "sequence" -> {
                    var words = part.name().split(" ");
                    execute(sql, "SELECT setval('" + words[0] + "', " + words[1] + ")");
                }
                case "table" -> fill(sql, part);
                default -> {}
            }
        }
    }

    private static void fill(Connection sql, Part part) throws SQLException, IOException {
        if (part.name().startsWith("coupon (")) {
            execute(sql, "SELECT ensure_coupon_partition(id) FROM campaign");
        }
        var rows = String.join("\n", part.lines()) + (part.lines().isEmpty() ? "" : "\n");
        sql.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn(
                        "COPY " + part.name() + " FROM STDIN",
                        new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }

    private static void execute(Connection sql, String statement) throws SQLException {
        try (var now = sql.createStatement()) {
            now.execute(statement);
        }
    }

    static void restore(List<Part> parts, RedissonClient redis) {
        for (var part : parts) {
            switch (part.kind()) {
                case "list" ->
                    redis.<String>getList(part.name(), StringCodec.INSTANCE).addAll(part.lines());
                case "hash" -> {
                    var fields = new HashMap<String, String>();
                    part.lines().forEach(line -> fields.put(line.split("\t")[0], line.split("\t")[1]));
                    redis.<String, String>getMap(part.name(), StringCodec.INSTANCE)
                            .putAll(fields);
                }
                case "string" ->
                    redis.<String>getBucket(part.name(), StringCodec.INSTANCE)
                            .set(part.lines().get(0));
                default -> {}
            }
        }
    }

    static void restore(List<Part> parts, ObjectStore store) throws IOException {
        for (var part : parts) {
            if (part.kind().equals("object")) {
                var file = Files.createTempFile(Path.of("target"), "object-", ".tmp");
                Files.write(file, Base64.getDecoder().decode(part.lines().get(0)));
                store.putOnce(part.name(), file);
                Files.delete(file);
            }
        }
    }
}
