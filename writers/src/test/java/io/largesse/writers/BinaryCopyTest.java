package io.largesse.writers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

class BinaryCopyTest {

    private Connection connection;

    @BeforeEach
    void aTable() throws SQLException {
        connection = Database.connect();
        connection.setAutoCommit(false);
        run("DROP TABLE IF EXISTS \"a \"\"Table\"");
        run("DROP TYPE IF EXISTS \"Mood\"");
        run("CREATE TYPE \"Mood\" AS ENUM ('SECONDS', 'DAYS')");
        run("CREATE TABLE \"a \"\"Table\" (id bigint PRIMARY KEY, small smallint, middle int, yes boolean,"
                + " \"Name, 名\" text, mood \"Mood\", at timestamptz, words text[], filled text DEFAULT 'by default')");
    }

    @AfterEach
    void forget() throws SQLException {
        connection.rollback();
        connection.close();
    }

    @Test
    void valuesOfEveryTypeComeBackAsTheyWere() throws SQLException {
        var at = Instant.parse("1999-12-31T23:59:59.123456789Z");
        try (var copy = all()) {
            copy.row()
                    .int8(Long.MIN_VALUE)
                    .int2(-1)
                    .int4(Integer.MIN_VALUE)
                    .bool(true)
                    .text("优惠券 🎉 é \t\\N");
            copy.text(TimeUnit.DAYS).timestamptz(at).textArray(Arrays.asList("满减", null, "", "{\"a\"}"));
            copy.row()
                    .int8(Long.MAX_VALUE)
                    .int2(Short.MAX_VALUE)
                    .int4(0)
                    .bool(false)
                    .text("")
                    .text(TimeUnit.SECONDS);
            copy.timestamptzMicros(1_800_000_000_000_001L).textArray(List.of());
            assertThat(copy.finish()).isEqualTo(2);
        }

        assertThat(rows("id, small, middle, yes, \"Name, 名\", mood::text, filled"))
                .containsExactly(
                        row(Long.MIN_VALUE, -1, Integer.MIN_VALUE, true, "优惠券 🎉 é \t\\N", "DAYS", "by default"),
                        row(Long.MAX_VALUE, 32767, 0, false, "", "SECONDS", "by default"));
        assertThat(rows("at"))
                .containsExactly(
                        row(OffsetDateTime.parse("1999-12-31T23:59:59.123456Z").toInstant()),
                        row(Instant.parse("2027-01-15T08:00:00.000001Z")));
        assertThat(rows("words::text, array_length(words, 1)"))
                .containsExactly(row("{满减,NULL,\"\",\"{\\\"a\\\"}\"}", 4), row("{}", null));
    }

    @Test
    void nullIsNullInAColumnOfAnyType() throws SQLException {
        try (var copy = all()) {
            copy.row().int8(1).nul().nul().nul().text((String) null);
            copy.text((TimeUnit) null).timestamptz(null).textArray(null);
            copy.finish();
        }
        assertThat(rows("small, middle, yes, \"Name, 名\", mood::text, at, words::text"))
                .containsExactly(row(null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {65_530, 65_536, 200_000})
    void textsLongerThanTheBufferPassThroughIt(int length) throws SQLException {
        try (var copy = ids("Name, 名")) {
            copy.row().int8(1).text("x".repeat(length));
            copy.row().int8(2).text("优".repeat(length));
            copy.finish();
        }
        assertThat(rows("length(\"Name, 名\"), md5(\"Name, 名\") = md5(repeat('x', " + length + ")),"
                        + " md5(\"Name, 名\") = md5(repeat('优', " + length + "))"))
                .containsExactly(row(length, true, false), row(length, false, true));
    }

    @Test
    void aUniqueViolationInsideASavepointLeavesTheTransactionUsable() throws SQLException {
        run("INSERT INTO \"a \"\"Table\" (id) VALUES (70000)");
        var savepoint = connection.setSavepoint();
        assertThatThrownBy(() -> {
                    try (var copy = ids()) {
                        for (int i = 0; i < 200_000; i++) {
                            copy.row().int8(i);
                        }
                        copy.finish();
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));

        connection.rollback(savepoint);
        try (var copy = ids()) {
            copy.row().int8(70_001);
            assertThat(copy.finish()).isEqualTo(1);
        }
        connection.commit();
        assertThat(rows("id")).containsExactly(row(70_000L), row(70_001L));
    }

    @Test
    void aRefusedRowThatIsNotFinishedClosesQuietlyAndCanBeRolledBack() throws SQLException {
        run("INSERT INTO \"a \"\"Table\" (id) VALUES (1)");
        var savepoint = connection.setSavepoint();
        try (var copy = ids("Name, 名")) {
            for (int i = 0; i < 50; i++) {
                copy.row().int8(1).text("x".repeat(50_000));
            }
        }
        connection.rollback(savepoint);
        assertThat(rows("id")).containsExactly(row(1L));
    }

    @Test
    void closingWithoutFinishWritesNothingAndLeavesTheConnection() throws SQLException {
        var savepoint = connection.setSavepoint();
        try (var copy = ids()) {
            for (int i = 0; i < 100_000; i++) {
                copy.row().int8(i);
            }
        }
        assertThatThrownBy(() -> rows("id")).hasMessageContaining("transaction is aborted");
        connection.rollback(savepoint);
        assertThat(rows("id")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "user\0", "优\0", "\uD83C", "x\uDF89", "\uD83C\uD83C\uDF89"})
    void textThatPostgresCannotHoldIsRefusedByNameAndNothingOfItIsWritten(String text) throws SQLException {
        try (var copy = ids("Name, 名", "words")) {
            copy.row().int8(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> copy.text(text))
                    .withMessageContainingAll("row 1, column Name, 名", "PostgreSQL cannot store");
            copy.text("instead");
            assertThatIllegalArgumentException().isThrownBy(() -> copy.textArray(List.of("a", text)));
            copy.textArray(List.of());
            copy.finish();
        }
        assertThat(rows("id, \"Name, 名\"")).containsExactly(row(1L, "instead"));
    }

    @Test
    void aRowMustHaveAValueForEveryColumnAndNoMore() throws SQLException {
        try (var copy = ids("small")) {
            assertThatIllegalStateException().isThrownBy(() -> copy.int8(1)).withMessageContaining("call row()");
            copy.row().int8(1);
            assertThatIllegalStateException().isThrownBy(copy::row).withMessageContaining("row 1, column small");
            assertThatIllegalStateException().isThrownBy(copy::finish).withMessageContaining("no value yet");
            copy.int2(1);
            assertThatIllegalStateException().isThrownBy(() -> copy.int2(1)).withMessageContaining("too many");
            assertThat(copy.finish()).isEqualTo(1);
        }
        assertThat(rows("id, small")).containsExactly(row(1L, 1));
    }

    @Test
    void aNumberThatDoesNotFitIsNeverCut() throws SQLException {
        try (var copy = ids("small")) {
            copy.row().int8(1);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> copy.int2(32_768))
                    .withMessageContaining("smallint");
            assertThatThrownBy(() -> copy.timestamptz(Instant.MAX)).isInstanceOf(ArithmeticException.class);
        }
    }

    @Test
    void aWidthThatIsNotTheColumnsIsRefusedByPostgres() throws SQLException {
        var savepoint = connection.setSavepoint();
        try (var copy = BinaryCopy.into(connection, "a \"Table", "id")) {
            copy.row().int4(1);
            assertThatThrownBy(copy::finish).satisfies(e -> assertThat(state(e)).isEqualTo("08P01"));
        }
        connection.rollback(savepoint);
        try (var copy = ids("middle")) {
            copy.row().int8(1).int8(1);
            assertThatThrownBy(copy::finish)
                    .hasMessageContaining("column middle")
                    .satisfies(e -> assertThat(state(e)).isEqualTo("22P03"));
        }
    }

    @Test
    void aPoolsConnectionWillDo() throws SQLException {
        var driver = new SingleConnectionDataSource(connection, true);
        var settings = new HikariConfig();
        settings.setDataSource(driver);
        settings.setMaximumPoolSize(1);
        settings.setAutoCommit(false);
        try (var pool = new HikariDataSource(settings);
                var pooled = pool.getConnection()) {
            try (var copy = BinaryCopy.into(pooled, "a \"Table", "id")) {
                copy.row().int8(7);
                assertThat(copy.finish()).isEqualTo(1);
            }
            assertThat(rows("id")).containsExactly(row(7L));
        }
    }

    @Test
    void anUnknownColumnIsRefusedAtOnce() {
        assertThatThrownBy(() -> BinaryCopy.into(connection, "a \"Table", "nope"))
                .hasMessageContaining("nope");
        assertThatIllegalArgumentException().isThrownBy(() -> BinaryCopy.into(connection, "a \"Table"));
    }

    private BinaryCopy all() throws SQLException {
        return ids("small", "middle", "yes", "Name, 名", "mood", "at", "words");
    }

    private BinaryCopy ids(String... more) throws SQLException {
        var columns = new String[more.length + 1];
        columns[0] = "id";
        System.arraycopy(more, 0, columns, 1, more.length);
        return BinaryCopy.into(connection, "a \"Table", columns);
    }

    private List<List<Object>> rows(String columns) throws SQLException {
        var rows = new java.util.ArrayList<List<Object>>();
        try (var statement = connection.createStatement();
                var result = statement.executeQuery("SELECT " + columns + " FROM \"a \"\"Table\" ORDER BY id")) {
            while (result.next()) {
                var row = new Object[result.getMetaData().getColumnCount()];
                for (int i = 0; i < row.length; i++) {
                    var value = result.getObject(i + 1);
                    row[i] = value instanceof java.sql.Timestamp at ? at.toInstant() : value;
                }
                rows.add(Arrays.asList(row));
            }
        }
        return rows;
    }

    private static List<Object> row(Object... values) {
        return values == null ? Arrays.asList((Object) null) : Arrays.asList(values);
    }

    private static String state(Throwable e) {
        return ((SQLException) e).getSQLState();
    }

    private void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
