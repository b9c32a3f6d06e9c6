package io.largesse.jobs;

import io.largesse.archive.S3ObjectStore;
import io.largesse.archive.StoreSettings;
import io.largesse.coupons.Actor;
import io.largesse.coupons.Benefit;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignDraft;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CouponsConfiguration;
import io.largesse.coupons.Limits;
import io.largesse.coupons.Money;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Template;
import io.largesse.coupons.Templates;
import io.largesse.embedded.EmbeddedServices;
import io.largesse.embedded.Faults;
import io.largesse.pools.BlockName;
import io.largesse.pools.ClaimStreams;
import io.largesse.pools.Pools;
import io.largesse.pools.RedisConnection;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.redisson.api.RedissonClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node of Largesse in the test's process, on real services. Several may share them; each is a process to the others. */
final class Node implements AutoCloseable {

    static final Actor OPERATOR = new Actor("operator", "test", "request-1");

    private static final String FORK = System.getProperty("largesse.fork", "0");
    private static final Path HOME = Path.of("target", "services-" + FORK).toAbsolutePath();
    static final Path WORK = Path.of("target", "work-" + FORK).toAbsolutePath();

    /** Held until this process ends: to start them for each class would take longer than most classes. */
    private static final EmbeddedServices SERVICES = hold(HOME);

    private static final AtomicInteger NODES = new AtomicInteger();
    private static final AtomicInteger CAMPAIGNS = new AtomicInteger(new Random().nextInt(1_000_000_000));

    final ConfigurableApplicationContext context;
    private final EmbeddedServices services;

    private Node(Path home, Map<String, Object> more) {
        services = home.equals(HOME) ? SERVICES : EmbeddedServices.use(home);
        var application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLogStartupInfo(false);
        var settings = new java.util.HashMap<String, Object>(services.properties());
        settings.put("spring.main.banner-mode", "off");
        settings.put("logging.level.root", "warn");
        settings.put(
                "test.process",
                "node-" + NODES.incrementAndGet() + "-"
                        + ProcessHandle.current().pid() + "-" + UUID.randomUUID()); // pids come again
        settings.put("spring.datasource.hikari.data-source-properties.ApplicationName", settings.get("test.process"));
        settings.putAll(more);
        application.setDefaultProperties(settings);
        context = application.run();
    }

    private static EmbeddedServices hold(Path home) {
        var services = EmbeddedServices.use(home);
        Runtime.getRuntime().addShutdownHook(new Thread(services::close));
        return services;
    }

    static Node start() {
        return new Node(HOME, Map.of());
    }

    /** With small chunks, so that little data has many of them. */
    static Node startWithChunk(int chunk) {
        return new Node(HOME, Map.of("test.chunk", chunk));
    }

    /** On services of its own, with whatever stands in them. */
    static Node startOn(Path home) {
        return new Node(home, Map.of());
    }

    GrantDesk grants() {
        return context.getBean(GrantDesk.class);
    }

    CodeDesk codes() {
        return context.getBean(CodeDesk.class);
    }

    Pools pools() {
        return context.getBean(Pools.class);
    }

    JdbcTemplate sql() {
        return context.getBean(JdbcTemplate.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    Campaign campaign(long stock) {
        return campaign(stock, CodeFormat.OPAQUE);
    }

    Campaign campaign(long stock, CodeFormat format) {
        var name = "c-" + CAMPAIGNS.incrementAndGet();
        var ten = Money.parse("10.00", "CNY");
        var benefit = new Benefit.AmountOff(ten, Money.parse("50.00", "CNY"));
        var limits = new Limits(List.of("app"), List.of(), List.of());
        var template =
                bean(Templates.class).create(new Template(0, "ten-off", 0, "Ten off", null, benefit, limits), OPERATOR);
        var draft = new CampaignDraft(
                name,
                "Summer",
                "SUMMER",
                template.reference(),
                format,
                stock,
                ZoneId.of("Asia/Shanghai"),
                LocalDate.of(2026, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC),
                LocalDate.of(2099, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC),
                null,
                null,
                30,
                1,
                null,
                "U[0-9]+",
                null);
        return bean(Campaigns.class).create(draft, OPERATOR);
    }

    /** A list of users U000001 to n, and whatever rows are given besides. */
    static Path list(int users, String... moreRows) {
        try {
            var file = Files.createTempFile(Path.of("target"), "users-", ".csv");
            try (var out = Files.newBufferedWriter(file)) {
                out.write("user_id\n");
                for (int i = 1; i <= users; i++) {
                    out.write(user(i) + "\n");
                }
                for (var row : moreRows) {
                    out.write(row + "\n");
                }
            }
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static String user(int i) {
        return String.format("U%06d", i);
    }

    static GrantRequest request(Campaign campaign, int quantity, Path... files) {
        return new GrantRequest(
                campaign,
                List.of(files),
                quantity,
                List.of(),
                null,
                false,
                false,
                GrantRequest.DEFAULT_MAX_REJECTS,
                false,
                false);
    }

    /** Generates codes as a request of its own, and expects it to succeed. */
    void generate(Campaign campaign, long count) {
        var outcome = codes().generate(campaign, count, operator(), p -> {});
        if (outcome.state() != RunState.DONE) {
            throw new AssertionError("generate: " + outcome);
        }
    }

    /** Empties a pool. */
    List<String> takeAll(Campaign campaign) {
        var all = new ArrayList<String>();
        for (int shard = 0; shard < pools().shards(); shard++) {
            for (int block = 1; ; block++) {
                var name = new BlockName(campaign.pool(), shard, "test-" + block);
                var taken = (Take.Taken) pools().take(name, 5_000, new Taker("test", 1));
                if (taken.codes().isEmpty()) {
                    break;
                }
                all.addAll(taken.codes());
            }
        }
        return all;
    }

    /** Connections that PostgreSQL has ended are not used any more. */
    void forgetSessions() {
        var pool = bean(com.zaxxer.hikari.HikariDataSource.class).getHikariPoolMXBean();
        pool.softEvictConnections();
    }

    /** Somebody with a request of his own. */
    static Actor operator() {
        return new Actor("operator", "test", UUID.randomUUID().toString());
    }

    long count(String query, Object... arguments) {
        var count = sql().queryForObject(query, Long.class, arguments);
        return count == null ? 0 : count;
    }

    /** The names of all objects that the store has under a prefix, looked for where it keeps them. */
    static List<String> stored(String prefix) throws IOException {
        var bucket = Files.list(HOME.resolve("data").resolve("s3")).findFirst().orElseThrow();
        if (!Files.exists(bucket.resolve(prefix))) {
            return List.of();
        }
        try (var files = Files.walk(bucket.resolve(prefix))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    static Faults faults() {
        return Faults.in(HOME);
    }

    @Override
    public void close() {
        context.close();
        if (services != SERVICES) {
            services.close();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({CouponsConfiguration.class, JobsConfiguration.class})
    static class Application {

        @Bean
        CodeKeys codeKeys() {
            return CodeKeys.parse("2000-01-01 = " + "A".repeat(43) + "=");
        }

        @Bean(destroyMethod = "shutdown")
        RedissonClient redisson(Environment environment) {
            return new RedisConnection(environment.getRequiredProperty("spring.data.redis.url")).open();
        }

        @Bean
        Pools pools(RedissonClient redisson) {
            return new Pools(redisson, 8);
        }

        @Bean
        ClaimStreams claimStreams(RedissonClient redisson) {
            return new ClaimStreams(redisson);
        }

        @Bean
        HookedStore store(Environment e) {
            return new HookedStore(new S3ObjectStore(new StoreSettings(
                    URI.create(e.getRequiredProperty("largesse.store.endpoint")),
                    e.getRequiredProperty("largesse.store.region"),
                    e.getRequiredProperty("largesse.store.bucket"),
                    e.getRequiredProperty("largesse.store.access-key"),
                    e.getRequiredProperty("largesse.store.secret-key"),
                    true,
                    StoreSettings.Checksums.WHEN_REQUIRED,
                    null)));
        }

        @Bean
        ProcessName processName(Environment environment) {
            return new ProcessName(environment.getRequiredProperty("test.process"));
        }

        @Bean
        JobSettings jobSettings(Environment environment) throws IOException {
            var work = Files.createDirectories(WORK);
            var chunk = environment.getProperty("test.chunk", Integer.class, JobSettings.DEFAULT_CHUNK);
            return new JobSettings(JobSettings.DEFAULT_WORKERS, chunk, work);
        }
    }
}
