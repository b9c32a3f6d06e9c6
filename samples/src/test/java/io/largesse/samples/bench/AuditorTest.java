package io.largesse.samples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.RunState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An auditor that finds nothing proves nothing unless it finds what is wrong: each kind of it, once. */
class AuditorTest {

    private static final int USERS = 100;

    private final Site site = SharedSite.get();

    @Test
    void whateverIsWrongIsFound() {
        var grant = site.trial(USERS).checked();
        assertThat(grant.issueHere().state()).isEqualTo(RunState.DONE);
        assertThat(grant.findings()).isEmpty();
        var campaign = grant.campaign().id();
        try (var sql = site.stores.sql();
                var redis = site.stores.redis()) {
            var pool = redis.keys("{s*}:pool:" + grant.campaign().pool()).get(0);
            var issued = sql.texts("SELECT min(code) FROM coupon WHERE campaign_id = ?", campaign)
                    .get(0);

            redis.ask("RPUSH", pool, issued);
            assertThat(grant.findings()).anyMatch(f -> f.contains("stand twice: [" + issued));
            redis.ask("RPOP", pool);

            var lost = String.valueOf(redis.ask("LPOP", pool));
            assertThat(grant.findings()).singleElement().asString().contains("generated less voided");
            var block = pool.replace(":pool:", ":block:") + ":left";
            redis.ask("RPUSH", block, lost);
            assertThat(grant.findings()).isEmpty(); // in a place, though not in its pool
            redis.ask("DEL", block);
            redis.ask("LPUSH", pool, lost);

            var ofTheFirst = " WHERE campaign_id = " + campaign + " AND user_id = 'U0000001'";
            sql.run("UPDATE coupon SET user_id = 'U9999999'" + ofTheFirst);
            assertThat(grant.findings())
                    .singleElement()
                    .asString()
                    .contains("U0000001 has 0 instead of 1", "U9999999 has 1 instead of 0");
            sql.run("UPDATE coupon SET user_id = 'U0000001'" + ofTheFirst.replace("U0000001", "U9999999"));

            sql.run("UPDATE campaign SET voided = voided + 1 WHERE id = " + campaign);
            assertThat(grant.findings()).singleElement().asString().contains("generated less voided");
            sql.run("UPDATE campaign SET voided = voided - 1 WHERE id = " + campaign);
        }
        assertThat(grant.findings()).isEmpty();
        assertThat(site.auditor.findings(campaign, List.of())).isNotEmpty();
    }

    @Test
    void whoeverWritesIsNoticed() {
        var before = site.auditor.everything();
        assertThat(site.auditor.changesSince(before)).isEmpty();
        try (var redis = site.stores.redis()) {
            redis.ask("SET", "somebody", "was here");
            assertThat(site.auditor.changesSince(before)).containsExactly("somebody");
            redis.ask("DEL", "somebody");
        }
        site.campaign(1);
        assertThat(site.auditor.changesSince(before)).contains("campaign", "audit");
    }
}
