package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.ArchiveSelection;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Archived coupons come back as they were, for a while, and are never in two places. */
class RestoreArchiveTest extends Archiving {

    private static final Instant NEXT_YEAR = Instant.now().plusSeconds(365 * 86_400L);

    @Test
    void aCampaignComesBackAsItWasAndLeavesAgain() {
        var campaign = spent();
        var before = table(campaign);
        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);
        var keys = keys(campaign);

        assertThat(restore(ArchiveSelection.of(campaign.id()), NEXT_YEAR).state())
                .isEqualTo(RunState.DONE);

        assertThat(table(campaign)).isEqualTo(before);
        assertThat(archived(campaign)).isZero();
        requireBalance(campaign);

        archive(campaign);
        assertThat(coupons(campaign)).as("their time has not passed").isEqualTo(USERS);

        pass(campaign);
        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);
        assertThat(coupons(campaign)).isZero();
        assertThat(archived(campaign)).isEqualTo(USERS);
        assertThat(keys(campaign)).as("what was archived is not exported again").isEqualTo(keys);
        requireBalance(campaign);
    }

    /** Then the table has the only copy. */
    @Test
    void couponsWhoseObjectIsLostOrDamagedStayInTheTable() throws Exception {
        var campaign = spent();
        archive(campaign);
        restore(ArchiveSelection.of(campaign.id()), NEXT_YEAR);
        pass(campaign);
        var store = node.bean(ObjectStore.class);
        var object = objects(campaign).get(0);
        var whole = Files.createTempFile(Path.of("target"), "object-", ".parquet");
        store.fetch(object.key(), whole);
        var damaged = Files.createTempFile(Path.of("target"), "object-", ".parquet");
        var bytes = Files.readAllBytes(whole);
        bytes[bytes.length / 2] ^= 1;
        Files.write(damaged, bytes);

        store.remove(object.key());
        var without = archive(campaign);
        store.put(object.key(), damaged);
        var withDamaged = archive(campaign);

        for (var outcome : List.of(without, withDamaged)) {
            assertThat(outcome.state()).isEqualTo(RunState.DONE);
            assertThat(String.valueOf(outcome.why())).contains(object.key(), "stay in the table");
        }
        assertThat(coupons(campaign)).isEqualTo(USERS);
        store.put(object.key(), whole);
        assertThat(archive(campaign).why()).isNull();
        assertThat(coupons(campaign)).isZero();
        requireBalance(campaign);
    }

    @Test
    void aUserOrACodeOrAPeriodComesBackAlone() {
        var campaign = spent();
        archive(campaign);
        var code = node.bean(ArchiveReader.class);

        restore(new ArchiveSelection(null, Node.user(7), null, null, null), NEXT_YEAR);
        assertThat(users(campaign)).containsExactly(Node.user(7));

        var one = first(code, campaign, Node.user(500));
        assertThat(node.bean(RestoreArchiveDesk.class).find(one).userId()).isEqualTo(Node.user(500));
        restore(new ArchiveSelection(null, null, one, null, null), NEXT_YEAR);
        assertThat(users(campaign)).containsExactly(Node.user(7), Node.user(500));
        assertThat(node.bean(RestoreArchiveDesk.class).find(one))
                .as("it is in the table")
                .isNull();
        assertThat(node.bean(Coupons.class).ofUser(Node.user(500)))
                .anyMatch(coupon -> coupon.code().equals(one));

        restore(new ArchiveSelection(campaign.id(), null, null, Instant.now(), null), NEXT_YEAR);
        assertThat(users(campaign)).hasSize(2);
        restore(new ArchiveSelection(campaign.id(), null, null, null, Instant.now()), NEXT_YEAR);
        assertThat(users(campaign)).hasSize(USERS);
        requireBalance(campaign);
        assertThat(node.count(
                        "SELECT count(*) FROM audit WHERE what = 'archive.restore' AND after->>'wanted' LIKE ?",
                        "campaign=" + campaign.id() + " %"))
                .isGreaterThanOrEqualTo(2);
    }

    /** It may be spent again in the end, by somebody who rolls an order back. */
    @Test
    void aCouponThatChangesInTheTableIsArchivedAsItIsThen() {
        var campaign = spent();
        archive(campaign);
        restore(new ArchiveSelection(campaign.id(), Node.user(1), null, null, null), NEXT_YEAR);
        node.sql()
                .update(
                        "UPDATE coupon SET status = 'REVOKED', updated_at = now() WHERE campaign_id = ?",
                        campaign.id());
        pass(campaign);

        archive(campaign);
        assertThat(users(campaign)).as("it has changed").containsExactly(Node.user(1));

        node.sql()
                .update(
                        "UPDATE coupon SET updated_at = now() - interval '300 days' WHERE campaign_id = ?",
                        campaign.id());
        archive(campaign);
        assertThat(coupons(campaign)).isZero();
        assertThat(objects(campaign)).extracting(ArchiveObject::archived).containsExactly(USERS - 1L, 1L);
        requireBalance(campaign);
    }

    @Test
    void aFileHasWhatIsAskedForAndTheTableStaysAsItIs() throws Exception {
        var campaign = spent();
        archive(campaign);
        restore(new ArchiveSelection(campaign.id(), Node.user(1), null, null, null), NEXT_YEAR);
        var folder = Files.createTempDirectory(Path.of("target"), "restored").toAbsolutePath();
        var csv = folder.resolve("coupons.csv");
        var parquet = folder.resolve("coupons.parquet");

        var wanted = ArchiveSelection.of(campaign.id());
        assertThat(node.bean(RestoreArchiveDesk.class).export(wanted, csv, Node.operator()))
                .isEqualTo(USERS - 1);
        assertThat(node.bean(RestoreArchiveDesk.class).export(wanted, parquet, Node.operator()))
                .isEqualTo(USERS - 1);

        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            for (var source : List.of("read_csv('" + csv + "')", "read_parquet('" + parquet + "')")) {
                try (var row =
                        statement.executeQuery("SELECT count(*), count(DISTINCT code), count(order_id), min(user_id),"
                                + " sum(face_value), min(campaign) FROM " + source)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getLong(1)).isEqualTo(USERS - 1);
                    assertThat(row.getLong(2)).isEqualTo(USERS - 1);
                    assertThat(row.getLong(3)).isEqualTo(299);
                    assertThat(row.getString(4)).isEqualTo(Node.user(2));
                    assertThat(row.getDouble(5)).isEqualTo(source.contains("csv'") ? 9_990 : 999_000);
                    assertThat(row.getString(6)).isEqualTo(campaign.name());
                }
            }
        }
        assertThat(coupons(campaign)).isEqualTo(1);
        assertThat(node.count(
                        "SELECT count(*) FROM audit WHERE what = 'archive.export' AND after->>'wanted' = ?",
                        "campaign=" + campaign.id()))
                .as("files go out of sight: who had them made is on record")
                .isEqualTo(2);
        assertThatThrownBy(() -> node.bean(RestoreArchiveDesk.class)
                        .export(wanted, folder.resolve("coupons.xls"), Node.operator()))
                .isInstanceOf(RefusedException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(csv, parquet);
        }
    }

    /** Also if all of it is in the table. */
    @Test
    void aLaterTimeExtendsWhatIsRestored() {
        var campaign = spent();
        archive(campaign);
        restore(ArchiveSelection.of(campaign.id()), Instant.now().plusSeconds(60));
        restore(ArchiveSelection.of(campaign.id()), NEXT_YEAR);

        assertThat(node.count(
                        "SELECT count(*) FROM coupon WHERE campaign_id = ? AND restored_until > now() + interval '300 days'",
                        campaign.id()))
                .isEqualTo(USERS);
        requireBalance(campaign);
    }

    @Test
    void aCodeIsFoundAsSomebodyTypesItAndOnlyAnArchivedOne() {
        var campaign = spent();
        var other = spent();
        archive(campaign);
        var code = first(node.bean(ArchiveReader.class), campaign, Node.user(3));

        restore(new ArchiveSelection(null, null, code.toLowerCase(java.util.Locale.ROOT), null, null), NEXT_YEAR);
        assertThat(users(campaign)).containsExactly(Node.user(3));

        assertThatThrownBy(() -> restore(new ArchiveSelection(null, null, code, null, null), NEXT_YEAR))
                .as("it is in the table")
                .isInstanceOf(RefusedException.class);
        var next = first(node.bean(ArchiveReader.class), campaign, Node.user(4));
        assertThatThrownBy(() -> restore(new ArchiveSelection(other.id(), null, next, null, null), NEXT_YEAR))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> restore(new ArchiveSelection(null, null, "nothing", null, null), NEXT_YEAR))
                .isInstanceOf(RefusedException.class);
    }

    /** The month of a campaign's zone, whichever of the two places a coupon is in. */
    @Test
    void theMonthIsTheSameBeforeAndAfter() {
        var campaign = spent();
        var business = "T" + campaign.id();
        node.sql().update("UPDATE campaign SET business = ? WHERE id = ?", business, campaign.id());
        // the last moment of October in Shanghai, and the first of November
        node.sql()
                .update(
                        "UPDATE coupon SET issued_at = CASE WHEN user_id <= ? THEN timestamptz '2024-10-31 15:59:59Z'"
                                + " ELSE timestamptz '2024-10-31 16:00:00Z' END,"
                                + " updated_at = timestamptz '2024-11-30 15:59:59.999999Z' WHERE campaign_id = ?",
                        Node.user(400),
                        campaign.id());
        var november = java.time.YearMonth.of(2024, 11);
        var before = node.bean(MonthReport.class).of(november, business);
        assertThat(before)
                .extracting(line -> line.what() + " " + line.coupons() + " " + line.faceValue() + " " + line.currency())
                .containsExactly(
                        "ISSUED 600 600000 CNY",
                        "REDEEMED 300 300000 CNY",
                        "EXPIRED 600 600000 CNY",
                        "REVOKED 100 100000 CNY");

        archive(campaign);
        assertThat(node.bean(MonthReport.class).of(november, business)).isEqualTo(before);
        restore(new ArchiveSelection(campaign.id(), Node.user(700), null, null, null), NEXT_YEAR);
        assertThat(node.bean(MonthReport.class).of(november, business)).isEqualTo(before);
        assertThat(node.bean(MonthReport.class).of(november.plusMonths(1), business))
                .isEmpty();
    }

    @Test
    void nothingInParticularOrATimeThatHasPassedIsRefused() {
        assertThatThrownBy(() -> restore(ArchiveSelection.of(null), NEXT_YEAR)).isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> restore(ArchiveSelection.of(1L), Instant.now().minusSeconds(1)))
                .isInstanceOf(RefusedException.class);
    }

    private static RunOutcome restore(ArchiveSelection wanted, Instant until) {
        return node.bean(RestoreArchiveDesk.class).restore(wanted, until, Node.operator(), p -> {});
    }

    /** The time of what was restored passes. */
    private static void pass(Campaign campaign) {
        node.sql()
                .update(
                        "UPDATE coupon SET restored_until = now() WHERE campaign_id = ? AND restored_until IS NOT NULL",
                        campaign.id());
    }

    private static List<String> table(Campaign campaign) {
        return node.sql()
                .queryForList(
                        "SELECT code || user_id || source_kind || source_id || ordinal || status || issued_at || valid_from"
                                + " || valid_to || face_value || coalesce(order_id, '-') || updated_at FROM coupon"
                                + " WHERE campaign_id = ? ORDER BY code",
                        String.class,
                        campaign.id());
    }

    private static List<String> users(Campaign campaign) {
        return node.sql()
                .queryForList(
                        "SELECT user_id FROM coupon WHERE campaign_id = ? ORDER BY user_id",
                        String.class,
                        campaign.id());
    }

    private static List<String> keys(Campaign campaign) {
        return objects(campaign).stream().map(ArchiveObject::key).toList();
    }

    private static String first(ArchiveReader reader, Campaign campaign, String user) {
        var codes = new java.util.ArrayList<String>();
        for (var object : objects(campaign)) {
            try {
                reader.read(
                        object,
                        new ArchiveSelection(campaign.id(), user, null, null, null),
                        coupon -> codes.add(coupon.code()));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
        return codes.get(0);
    }
}
