package io.largesse.samples.bench;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.largesse.app.SpringNode;
import io.largesse.coupons.Actor;
import io.largesse.coupons.Benefit;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignDraft;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.Limits;
import io.largesse.coupons.Money;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Template;
import io.largesse.coupons.Templates;
import io.largesse.embedded.EmbeddedServices;
import io.largesse.embedded.Faults;
import io.largesse.jobs.CodeDesk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A home under fire: its servers, the application in this process, which prepares and recovers, and the program as
 * processes of their own, which are killed.
 */
final class Site implements AutoCloseable {

    private static final String LONG_LEASE = "60s";

    /** Small chunks, so that little data has many; a lease that this process keeps however long it is held up. */
    private static final Map<String, String> SETTINGS =
            Map.of("largesse.jobs.chunk", "100", "largesse.jobs.lease", LONG_LEASE);

    /** The shortest lease, since recovery waits for it; the longest wait for a Redis that is slow or comes back. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LARGESSE_JOBS_CHUNK", "100",
            "LARGESSE_JOBS_LEASE", "2s",
            "LARGESSE_CLAIMS_ABANDONED", "2s",
            "LARGESSE_CLAIMS_TIMEOUT", "10s",
            "LARGESSE_LANG", "en");

    private static final AtomicLong NAMES = new AtomicLong(System.currentTimeMillis());

    final Path home;
    final Stores stores;
    final Auditor auditor;
    final Faults faults;
    private final Path classes;
    private final EmbeddedServices services;
    private final SpringNode node;

    private Site(Path home, Path classes) {
        this.home = home;
        this.classes = classes;
        this.services = EmbeddedServices.use(home);
        this.stores = new Stores(services.properties());
        this.auditor = new Auditor(stores);
        this.faults = Faults.in(home);
        // a test that was killed may have left it so
        faults.answerCommits();
        this.node = new SpringNode(home, SETTINGS);
    }

    /** Has a program leave its classes for those that follow: one that does most of what they do, and ends in order. */
    private void archiveClasses() throws IOException {
        try (var lock = FileChannel.open(classes.resolveSibling(classes.getFileName() + ".lock"), CREATE, WRITE)) {
            var unused = lock.lock(); // others may be about to do the same
            if (!Files.exists(classes)) {
                try (var first = trial(10).start()) {
                    first.exitCode();
                }
            }
        }
    }

    /** @param home made if it does not exist */
    static Site open(Path home) {
        return open(home, home.resolve("program.jsa"));
    }

    /** @param classes where programs find their loaded classes; made if it does not exist */
    static Site open(Path home, Path classes) {
        try {
            Files.createDirectories(home.resolve("tmp"));
            // where the log goes, before anything is logged
            System.setProperty("largesse.logs", home.resolve("logs").toString());
            var site = new Site(home.toRealPath(), classes);
            site.archiveClasses();
            return site;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application of this process. */
    <T> T the(Class<T> type) {
        return node.get(type);
    }

    /** The program with these words. */
    ProgramProcess program(String... words) {
        return ProgramProcess.start(home, classes, ENVIRONMENT, List.of(words));
    }

    /** The program with a lease that it keeps however long it is held up, where nobody may take its run over. */
    ProgramProcess steadyProgram(String... words) {
        return program(Map.of("LARGESSE_JOBS_LEASE", LONG_LEASE), words);
    }

    /** The program with some settings that are not those of the others. */
    ProgramProcess program(Map<String, String> settings, String... words) {
        var environment = new HashMap<>(ENVIRONMENT);
        environment.putAll(settings);
        return ProgramProcess.start(home, classes, environment, List.of(words));
    }

    /** A campaign without codes. */
    Campaign campaign(long stock) {
        return campaign(stock, 1);
    }

    private Campaign campaign(long stock, int claimLimit) {
        var benefit = new Benefit.AmountOff(Money.parse("10.00", "CNY"), Money.parse("50.00", "CNY"));
        var limits = new Limits(List.of("app"), List.of(), List.of());
        var template = the(Templates.class)
                .create(new Template(0, "ten-off", 0, "Ten off", null, benefit, limits), operator());
        var draft = new CampaignDraft(
                "fire-" + NAMES.incrementAndGet(),
                "Under fire",
                "FIRE",
                template.reference(),
                CodeFormat.OPAQUE,
                stock,
                ZoneId.of("Asia/Shanghai"),
                LocalDate.of(2026, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC),
                LocalDate.of(2099, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC),
                null,
                null,
                30,
                claimLimit,
                null,
                "U[0-9]+",
                null);
        return the(Campaigns.class).create(draft, operator());
    }

    /** A campaign with all codes of its stock in the pool. */
    Campaign stocked(long stock) {
        return stocked(stock, 1);
    }

    /** @param claimLimit how many coupons a user may claim */
    Campaign stocked(long stock, int claimLimit) {
        var campaign = campaign(stock, claimLimit);
        var generated = the(CodeDesk.class).generate(campaign, stock, operator(), progress -> {});
        if (generated.state() != RunState.DONE) {
            throw new IllegalStateException("the codes were not generated: " + generated);
        }
        return campaign;
    }

    /** A list of users from that number on, for a campaign that exists. */
    Trial trial(Campaign campaign, int first, int users) {
        return new Trial(this, campaign, UserList.write(home, first, users));
    }

    /** A list of so many users for a campaign with some more codes than they need. */
    Trial trial(int users) {
        return trial(stocked(users + 50L), 1, users);
    }

    /** Ends the lease of whoever fell silent: what waiting for it would do. */
    void lapse() {
        try (var sql = stores.sql()) {
            sql.run("UPDATE run SET lease_until = now() WHERE id IN (SELECT id FROM run"
                    + " WHERE state IN ('RUNNING', 'STOPPING') FOR UPDATE SKIP LOCKED)");
        }
    }

    /** Kills a program that is held at a COMMIT after that is durable and before it is answered. */
    void killUnanswered(Trap trap, ProgramProcess program) {
        faults.holdCommits();
        try {
            trap.release();
            Waiting.until("a commit without an answer", () -> program.mustRun() && trap.isUnanswered());
            program.kill();
        } finally {
            faults.answerCommits();
        }
    }

    /** Waits until PostgreSQL and Redis answer again. */
    void awaitServers() {
        Waiting.until("the servers", () -> {
            try (var sql = stores.sql();
                    var redis = stores.redis()) {
                return sql.number("SELECT 1") == 1 && "PONG".equals(redis.ask("PING"));
            } catch (IllegalStateException | UncheckedIOException e) {
                return false;
            }
        });
    }

    /** A copy of what Redis has on disk; to be asked while nobody writes to it. */
    DataBackup backupRedis() {
        return DataBackup.of(home, "redis");
    }

    /** Stops all servers, gives Redis its data of that time, and starts them again. */
    void restoreRedis(DataBackup backup) {
        whileStopped(backup::restore);
    }

    /** Stops all servers, gives PostgreSQL its data of that time, and starts them again. */
    void restorePostgres(DataBackup backup) {
        whileStopped(backup::restore);
    }

    /** A copy of what PostgreSQL has on disk; all servers are stopped for it. */
    DataBackup backupPostgres() {
        var backup = new AtomicReference<DataBackup>();
        whileStopped(() -> backup.set(DataBackup.of(home, "postgres")));
        return java.util.Objects.requireNonNull(backup.get());
    }

    private void whileStopped(Runnable work) {
        EmbeddedServices.stopEvenIfUsed(home, Duration.ofSeconds(60));
        work.run();
        // to use the services is to start them again; those who used them before find them on the same ports
        EmbeddedServices.use(home).close();
        awaitServers();
    }

    static Actor operator() {
        return new Actor("operator", "fire", UUID.randomUUID().toString());
    }

    static long fresh() {
        return NAMES.incrementAndGet();
    }

    @Override
    public void close() {
        node.close();
        services.close();
    }
}
