package io.largesse.samples.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges a campaign by what stands in PostgreSQL and Redis, with statements and commands of its own: nothing that the
 * product counts or concludes is taken for true. To be asked while nobody works on the campaign.
 */
final class Auditor {

    private static final int MOST_NAMED = 5;

    private final Stores stores;

    Auditor(Stores stores) {
        this.stores = stores;
    }

    /**
     * Everything that is wrong after all is settled; empty if the books are right.
     *
     * @param expected all grants of the campaign
     */
    List<String> findings(long campaign, Collection<Expected> expected) {
        var findings = new ArrayList<String>();
        try (var sql = stores.sql();
                var redis = stores.redis()) {
            expected.forEach(grant -> judgeGrant(sql, campaign, grant, findings));
            judgeStrangers(sql, campaign, expected, findings);
            judgeCodes(sql, redis, campaign, findings);
        }
        return findings;
    }

    /** As {@link #findings}, after Redis went back in time: its pools may hold codes that are coupons, and lack others. */
    List<String> findingsInPostgres(long campaign, Collection<Expected> expected) {
        var findings = new ArrayList<String>();
        try (var sql = stores.sql()) {
            expected.forEach(grant -> judgeGrant(sql, campaign, grant, findings));
            judgeStrangers(sql, campaign, expected, findings);
            var places = new LinkedHashMap<String, List<String>>();
            places.put("coupons", coupons(sql, campaign));
            places.put("allotments", allotted(sql, campaign));
            judgeOnce(places, findings);
        }
        return findings;
    }

    /** What is wrong with the codes of a campaign whose grants have not all come to their end. */
    List<String> findingsInCodes(long campaign) {
        var findings = new ArrayList<String>();
        try (var sql = stores.sql();
                var redis = stores.redis()) {
            judgeCodes(sql, redis, campaign, findings);
        }
        return findings;
    }

    private static void judgeGrant(Sql sql, long campaign, Expected expected, List<String> findings) {
        var name = "grant " + expected.grant() + ": ";
        var has = new TreeMap<String, Long>();
        sql.rows("""
                SELECT user_id, count(*) FROM coupon
                WHERE campaign_id = ? AND source_kind = 'GRANT' AND source_id = ? GROUP BY user_id
                """, campaign, expected.grant()).forEach(row -> has.put(row.get(0), Long.valueOf(row.get(1))));
        var wanted = new TreeMap<String, Long>();
        expected.users().forEach(user -> wanted.put(user, (long) expected.quantity()));
        if (!has.equals(wanted)) {
            var wrong = new TreeSet<String>();
            has.forEach((user, n) -> note(wrong, user, n, wanted.getOrDefault(user, 0L)));
            wanted.forEach((user, n) -> note(wrong, user, has.getOrDefault(user, 0L), n));
            findings.add(name + wrong.size() + " users have not what they should have: " + some(wrong));
        }
        var state = expected.users().isEmpty() ? "REFUSED" : "DONE";
        require(
                sql,
                name + "is " + state + " with " + expected.coupons() + " issued",
                "SELECT count(*) FROM coupon_grant WHERE id = ? AND state = ? AND issued = ?",
                1,
                findings,
                expected.grant(),
                state,
                expected.coupons());
        require(
                sql,
                name + "has no codes left",
                "SELECT count(*) FROM allotment_block WHERE grant_id = ? AND cardinality(codes) > 0",
                0,
                findings,
                expected.grant());
        require(
                sql,
                name + "has no run under way",
                "SELECT count(*) FROM run WHERE subject = ? AND state IN ('RUNNING', 'STOPPING', 'STOPPED', 'FAILED')",
                0,
                findings,
                "grant " + expected.grant());
        require(
                sql,
                name + "has no staging table",
                "SELECT count(*) FROM pg_class WHERE relname = ?",
                0,
                findings,
                "staged_grant_" + expected.grant());
    }

    private static void note(TreeSet<String> wrong, String user, long has, long should) {
        if (has != should) {
            wrong.add(user + " has " + has + " instead of " + should);
        }
    }

    private static void judgeStrangers(Sql sql, long campaign, Collection<Expected> expected, List<String> findings) {
        var known = expected.stream().mapToLong(Expected::coupons).sum();
        require(
                sql,
                "campaign " + campaign + " has coupons of its grants only",
                "SELECT count(*) FROM coupon WHERE campaign_id = ?",
                known,
                findings,
                campaign);
        require(
                sql,
                "campaign " + campaign + " keeps within its stock",
                "SELECT count(*) FROM campaign g WHERE id = ? AND stock >= (SELECT count(*) FROM coupon c WHERE c.campaign_id = g.id)",
                1,
                findings,
                campaign);
    }

    /** Each code that was ever generated stands in one place, and in one only. */
    private static void judgeCodes(Sql sql, Redis redis, long campaign, List<String> findings) {
        var places = new LinkedHashMap<String, List<String>>();
        places.put("coupons", coupons(sql, campaign));
        places.put("allotments", allotted(sql, campaign));
        var pool = sql.number("SELECT pool FROM campaign WHERE id = ?", campaign);
        for (var key : redis.keys("{s*}:pool:" + pool)) {
            places.put(key, redis.strings("LRANGE", key, "0", "-1"));
        }
        for (var key : redis.keys("{s*}:block:" + pool + ":*")) {
            places.put(key, redis.strings("LRANGE", key, "0", "-1"));
        }
        for (var key : redis.keys("{s*}:moving:" + pool + ":*")) {
            places.put(key, redis.strings("LRANGE", key, "0", "-1"));
        }
        judgeOnce(places, findings);
        var there = places.values().stream().mapToLong(List::size).sum();
        require(
                sql,
                "campaign " + campaign + ", generated less voided, must be the " + there + " codes that are there",
                "SELECT generated - voided FROM campaign WHERE id = ?",
                there,
                findings,
                campaign);
        require(
                sql,
                "campaign " + campaign + ", its code ranges must be as long as what was generated",
                "SELECT generated - coalesce((SELECT sum(last_serial - first_serial + 1) FROM code_range r"
                        + " WHERE r.campaign_id = g.id), 0) FROM campaign g WHERE id = ?",
                0,
                findings,
                campaign);
    }

    private static void judgeOnce(Map<String, List<String>> places, List<String> findings) {
        var seen = new HashMap<String, String>();
        var twice = new TreeSet<String>();
        places.forEach((place, codes) -> codes.forEach(code -> {
            var before = seen.put(code, place);
            if (before != null) {
                twice.add(code + " in " + before + " and " + place);
            }
        }));
        if (!twice.isEmpty()) {
            findings.add(twice.size() + " codes stand twice: " + some(twice));
        }
    }

    private static List<String> coupons(Sql sql, long campaign) {
        return sql.texts("SELECT code FROM coupon WHERE campaign_id = ?", campaign);
    }

    /** Codes that wait for their coupons, or for their way back. An issued one counts as a coupon. */
    private static List<String> allotted(Sql sql, long campaign) {
        return sql.texts("""
                SELECT a.code FROM allotment_block b JOIN coupon_grant g ON g.id = b.grant_id, unnest(b.codes) AS a (code)
                WHERE g.campaign_id = ? AND NOT EXISTS (SELECT FROM coupon c
                  WHERE c.campaign_id = g.campaign_id AND c.code = a.code AND c.source_kind = 'GRANT' AND c.source_id = g.id)
                """, campaign);
    }

    private static void require(
            Sql sql, String what, String query, long number, List<String> findings, Object... arguments) {
        var found = sql.number(query, arguments);
        if (found != number) {
            findings.add("not so: " + what + " (" + found + " instead of " + number + ")");
        }
    }

    private static String some(Collection<String> of) {
        return of.stream().limit(MOST_NAMED).toList() + (of.size() > MOST_NAMED ? " …" : "");
    }

    /**
     * All that is stored, table by table and key by key: equal maps mean that nobody wrote anything in between. Without
     * Spring Batch's own records: a process that was taken over closes that of its own execution, which nobody reads.
     */
    Map<String, String> everything() {
        var all = new TreeMap<String, String>();
        try (var sql = stores.sql();
                var redis = stores.redis()) {
            for (var table : sql.texts("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname NOT LIKE 'batch%'"
                    + " AND relnamespace = 'public'::regnamespace")) {
                all.put(
                        table,
                        sql.texts(
                                        "SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), ''))"
                                                + " FROM \"" + table + "\" t")
                                .get(0));
            }
            for (var key : redis.keys("*")) {
                if (key.contains(":requests:")) { // what users asked in a minute, which ends by itself
                    continue;
                }
                all.put(key, String.valueOf(redis.ask("DUMP", key)));
            }
        }
        return all;
    }

    /** The tables and keys that are not any more as they were. */
    List<String> changesSince(Map<String, String> before) {
        var now = everything();
        var names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(before.get(name), now.get(name)))
                .toList();
    }
}
