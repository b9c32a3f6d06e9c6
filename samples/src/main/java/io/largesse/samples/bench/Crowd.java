package io.largesse.samples.bench;

import io.largesse.app.claim.UserTokens;
import io.largesse.coupons.Campaign;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Users who claim at nodes, and what they were answered: the only witness of what must be in the tables. */
final class Crowd {

    /** So many requests of a wave may be without an answer. */
    static final int CONNECTIONS = 32;

    private static final int MOST_SECONDS = 300;

    /** Enough that each shard has some of them. */
    private static final int USERS_PER_NODE = 50;

    private final Site site;
    private final Campaign campaign;
    private final Map<String, String> answered = new TreeMap<>();
    private final Map<String, String> history = new TreeMap<>();
    private int refused;
    private int errors;

    Crowd(Site site, Campaign campaign) {
        this.site = site;
        this.campaign = campaign;
    }

    /** Users from a number on, so many a second, in a thread of its own. */
    Wave claims(ClaimNode at, int first, int users, double perSecond) {
        var ids = new ArrayList<String>();
        var tokens = new ArrayList<String>();
        var make = site.the(UserTokens.class);
        for (int i = first; i < first + users; i++) {
            ids.add(String.format("U%07d", i));
            tokens.add(make.make(ids.get(i - first), Duration.ofHours(1)));
        }
        awaitKnown(at);
        var wave = new Wave(users);
        new Thread(
                        () -> {
                            try {
                                load(at, ids, tokens, perSecond, wave);
                                wave.done.complete(null);
                            } catch (IOException | RuntimeException e) {
                                wave.done.completeExceptionally(e);
                            }
                        },
                        "crowd")
                .start();
        return wave;
    }

    /** A node hears of a new campaign a moment later; it answers a stranger without asking Redis. */
    private void awaitKnown(ClaimNode at) {
        var token = site.the(UserTokens.class).make("stranger", Duration.ofHours(1));
        Waiting.until("a node to know of " + campaign.name(), () -> at.claim(campaign.name(), token) == 403);
    }

    private void load(ClaimNode at, List<String> ids, List<String> tokens, double perSecond, Wave wave)
            throws IOException {
        var log = new StringWriter();
        try (var lines = new BufferedWriter(log)) {
            var claims = new HttpClaims("127.0.0.1:" + at.port(), campaign.name(), tokens, lines);
            new LoadLoop(at.address(), CONNECTIONS, perSecond, wave.counting(claims))
                    .run(TimeUnit.SECONDS.toNanos(MOST_SECONDS));
            synchronized (this) {
                refused += claims.refused;
                errors += claims.errors;
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        log.toString().lines().forEach(line -> note(ids, line.split(" ")));
    }

    private synchronized void note(List<String> ids, String[] words) {
        history.merge(ids.get(Integer.parseInt(words[0])), words[1] + " " + words[2], (a, b) -> a + ", " + b);
        if (words[1].equals("200") || words[1].equals("201")) {
            answered.merge(ids.get(Integer.parseInt(words[0])), words[2], (a, b) -> a.equals(b) ? a : a + " and " + b);
        }
    }

    synchronized int claimed() {
        return answered.size();
    }

    /** User by user the code that he was told. */
    synchronized Map<String, String> told() {
        return Map.copyOf(answered);
    }

    synchronized int refused() {
        return refused;
    }

    synchronized int errors() {
        return errors;
    }

    /** What is wrong after everything that was claimed is written: each answer must be a coupon, of that user alone. */
    synchronized List<String> findings() {
        var findings = new ArrayList<String>();
        try (var sql = site.stores.sql()) {
            var written = new TreeMap<String, String>();
            sql.rows("SELECT user_id, code FROM coupon WHERE campaign_id = ? AND source_kind = 'CLAIM'", campaign.id())
                    .forEach(row -> written.merge(row.get(0), row.get(1), (a, b) -> a + " and " + b));
            answered.forEach((user, code) -> {
                if (!code.equals(written.get(user))) {
                    findings.add(user + " was answered " + history.get(user) + " and has " + written.get(user));
                }
            });
            written.forEach((user, code) -> {
                if (code.contains(" ")) {
                    findings.add(user + " has more than the limit: " + code);
                }
            });
        }
        findings.addAll(site.auditor.findingsInCodes(campaign.id()));
        return findings;
    }

    /** Waits until every shard has the epoch that PostgreSQL wants it to have, and these nodes answer claims in each. */
    static void awaitOpen(Site site, ClaimNode... nodes) {
        site.awaitServers();
        Waiting.until("all shards to open", () -> {
            try (var sql = site.stores.sql();
                    var redis = site.stores.redis()) {
                return sql.rows("SELECT shard, epoch FROM claim_shard").stream()
                        .allMatch(row -> row.get(1).equals(redis.ask("GET", "{s" + row.get(0) + "}:epoch")));
            } catch (IllegalStateException | UncheckedIOException e) {
                return false;
            }
        });
        // a Redis that was started anew has its epochs before it answers claims
        var users = USERS_PER_NODE * nodes.length;
        var campaign = site.stocked(users);
        for (int i = 0; i < users; i++) {
            var node = nodes[i % nodes.length];
            var token = site.the(UserTokens.class).make("U" + i, Duration.ofHours(1));
            Waiting.until("a node to answer a claim", () -> node.claim(campaign.name(), token) / 100 == 2);
        }
    }

    /** Waits until no claim waits to be written. */
    void awaitWritten() {
        site.awaitServers();
        Waiting.until("all claims to be written", () -> {
            try (var redis = site.stores.redis()) {
                return redis.keys("{s*}:claims").stream()
                                .mapToLong(key -> (Long) java.util.Objects.requireNonNull(redis.ask("XLEN", key)))
                                .sum()
                        == 0;
            } catch (IllegalStateException | UncheckedIOException e) {
                return false;
            }
        });
    }
}
