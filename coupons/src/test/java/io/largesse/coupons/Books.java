package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.largesse.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** This module on a real PostgreSQL, one for all tests of the process. Data of earlier runs is there: names are fresh. */
final class Books {

    static final Actor OPERATOR = new Actor("operator", "test", "request-1");
    static final String PROCESS = "books-" + ProcessHandle.current().pid();

    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis());
    private static final EmbeddedServices SERVICES =
            EmbeddedServices.use(Path.of("target/services").toAbsolutePath());
    private static final ConfigurableApplicationContext CONTEXT = start();

    private Books() {}

    static <T> T the(Class<T> type) {
        return CONTEXT.getBean(type);
    }

    static JdbcTemplate sql() {
        return the(JdbcTemplate.class);
    }

    static long count(String query, Object... arguments) {
        var count = sql().queryForObject(query, Long.class, arguments);
        return count == null ? 0 : count;
    }

    static <T> T inTransaction(Supplier<T> work) {
        return the(TransactionOperations.class).execute(tx -> work.get());
    }

    /** A session of another process. */
    static Connection connect(String applicationName) throws SQLException {
        var login = new Properties();
        login.put("user", SERVICES.properties().get("spring.datasource.username"));
        login.put("password", SERVICES.properties().get("spring.datasource.password"));
        login.put("ApplicationName", applicationName);
        return DriverManager.getConnection(SERVICES.properties().get("spring.datasource.url"), login);
    }

    /** A name that nobody has used. */
    static String fresh(String what) {
        return what + "-" + NAMES.incrementAndGet();
    }

    /** A business code that nobody has used. */
    static String freshPrefix() {
        return "T" + Long.toString(NAMES.incrementAndGet(), 36).toUpperCase(java.util.Locale.ROOT);
    }

    /** The id of a run that nobody has used. */
    static long run() {
        return NAMES.incrementAndGet();
    }

    static Campaign campaign(Draft draft) {
        return the(Campaigns.class).create(draft.build(), OPERATOR);
    }

    static Grant grant(Campaign campaign, int quantity, boolean skipHolders) {
        var draft = new GrantDraft(
                campaign.id(),
                quantity,
                skipHolders,
                1000,
                false,
                UUID.randomUUID().toString(),
                false,
                false,
                1000);
        return the(Grants.class).receive(draft, java.util.List.of(), OPERATOR);
    }

    /** A coupon as the issuing job would write it. */
    static void issue(Campaign campaign, String code, String user, String kind, long source, int ordinal) {
        sql().update("""
                INSERT INTO coupon (code, campaign_id, user_id, source_kind, source_id, ordinal, status, issued_at,
                                    valid_from, valid_to, face_value, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, 'ISSUED', now(), now(), now() + interval '1 day', 1000, now())
                """, code, campaign.id(), user, kind, source, ordinal);
    }

    static void assertRefused(String code, ThrowingCallable request) {
        var refusal = catchThrowableOfType(RefusedException.class, request);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.why().code()).as(refusal.getMessage()).isEqualTo(code);
        assertThat(refusal.getMessage()).doesNotContain("{").doesNotStartWith(code);
    }

    private static ConfigurableApplicationContext start() {
        var application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        var settings = new HashMap<String, Object>(SERVICES.properties());
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.level.root", "warn");
        settings.put("spring.datasource.hikari.maximum-pool-size", 12);
        settings.put("spring.datasource.hikari.data-source-properties.ApplicationName", PROCESS);
        application.setDefaultProperties(settings);
        return application.run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(CouponsConfiguration.class)
    static class Application {

        @Bean
        CodeKeys codeKeys() {
            return CodeKeys.parse("2000-01-01 = " + "A".repeat(43) + "=");
        }
    }
}
