package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Coupons leave the table once they stand in the object store, and only then. */
class ArchiveTest extends Archiving {

    @Test
    void coldCouponsOfEndedCampaignsLeaveTheTableAndNoOthers() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        change(grant, "REDEEMED", 1, 100, LONG_AGO);
        change(grant, "EXPIRED", 101, 200, BEFORE);
        change(grant, "LOCKED", 201, 300, LONG_AGO);
        change(grant, "ISSUED", 301, 400, LONG_AGO);
        change(grant, "REVOKED", 401, 500, BEFORE.minusMillis(1));

        assertThatThrownBy(() -> archive(campaign))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("End it first");
        node.bean(ArchiveDesk.class).archive(null, BEFORE, Node.operator(), p -> {});
        assertThat(coupons(campaign)).as("it has not ended").isEqualTo(USERS);

        assertThat(archive(end(campaign)).state()).isEqualTo(RunState.DONE);

        assertThat(statuses(grant)).isEqualTo("EXPIRED 100, ISSUED 600, LOCKED 100");
        assertThat(archived(campaign)).isEqualTo(200);
        assertThat(objects(campaign)).hasSize(1).allMatch(o -> o.state() == ArchiveObject.State.ARCHIVED);
        requireBalance(campaign);
        var looked = new ArrayList<String>();
        node.bean(BookDesk.class).reconcile(null, Node.operator(), p -> {}, books -> looked.add(books.campaign()));
        assertThat(looked)
                .as("the books of all include those of archived campaigns")
                .contains(campaign.name());
    }

    /** Read by a program that has nothing to do with ours. */
    @Test
    void whatTheArchiveSaysIsWhatTheTableSaid() throws Exception {
        var campaign = spent();
        var before = node.sql()
                .queryForList(
                        "SELECT status || ' ' || count(*) || ' ' || sum(face_value) || ' ' || min(code COLLATE \"C\") || ' '"
                                + " || max(user_id COLLATE \"C\") || ' ' || count(order_id) || ' '"
                                + " || (extract(epoch FROM min(updated_at)) * 1000000)::bigint || ' '"
                                + " || (extract(epoch FROM max(valid_to)) * 1000000)::bigint"
                                + " FROM coupon WHERE campaign_id = ? GROUP BY status ORDER BY 1",
                        String.class,
                        campaign.id());

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        var folder = Files.createTempDirectory(Path.of("target"), "duck").toAbsolutePath();
        for (var object : objects(campaign)) {
            var file = folder.resolve(object.key());
            Files.createDirectories(file.getParent());
            node.bean(ObjectStore.class).fetch(object.key(), file);
        }
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            var archive = "read_parquet('" + folder + "/archive/coupons/*/*/*.parquet')";
            try (var rows = statement.executeQuery(
                    "SELECT status || ' ' || count(*) || ' ' || sum(face_value) || ' ' || min(code) || ' ' || max(user_id)"
                            + " || ' ' || count(order_id) || ' ' || epoch_us(min(updated_at)) || ' ' || epoch_us(max(valid_to))"
                            + " FROM " + archive + " WHERE campaign = '" + campaign.name()
                            + "' AND business = 'SUMMER' AND template = 'ten-off' AND currency = 'CNY'"
                            + " GROUP BY status ORDER BY 1")) {
                for (var line : before) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(line);
                }
                assertThat(rows.next()).isFalse();
            }
            try (var rows = statement.executeQuery("SELECT decode(value) FROM parquet_kv_metadata('" + folder
                    + "/archive/coupons/*/*/*.parquet') WHERE decode(key) = 'largesse.campaigns'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).contains("\"" + campaign.name() + "\"", "\"ten-off\"");
            }
        }
        assertThat(coupons(campaign)).isZero();
        requireBalance(campaign);
    }

    @Test
    void aTimeToComeIsRefused() {
        assertThatThrownBy(() -> node.bean(ArchiveDesk.class)
                        .archive(null, Instant.now().plusSeconds(60), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("in the future");
    }
}
