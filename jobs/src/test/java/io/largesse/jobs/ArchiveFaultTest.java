package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.jobs.HookedStore.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens while coupons are archived: each is in the table or in the archive, and every object is listed. */
class ArchiveFaultTest extends Archiving {

    private static final String COUPONS = "archive/coupons/";

    @AfterEach
    void everyObjectIsListed() throws IOException {
        var listed = node.sql().queryForList("SELECT object_key FROM archive_object", String.class);
        assertThat(listed).containsAll(Node.stored(COUPONS));
        var archived =
                node.sql().queryForList("SELECT object_key FROM archive_object WHERE state = 'ARCHIVED'", String.class);
        assertThat(Node.stored(COUPONS)).containsAll(archived);
    }

    /** In each transaction of it, before the commit. */
    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "VERIFIED", "ARCHIVED"})
    void aSessionThatIsLostLeavesAllForTheRestart(String state) {
        var campaign = spent();
        if (state.equals("PENDING")) {
            ambush().loseSessionAtInsert("archive_object");
        } else {
            ambush().loseSession("archive_object", "NEW.state = '" + state + "'", 1);
        }

        assertThat(archive(campaign).state()).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThat(coupons(campaign)).isEqualTo(USERS);
        requireBalance(campaign);

        restart();
        requireAllArchived(campaign);
    }

    @ParameterizedTest
    @EnumSource(
            value = Moment.class,
            names = {"BEFORE_PUT_ONCE", "AFTER_PUT_ONCE", "AFTER_FETCH"})
    void aStoreThatFailsLeavesAllForTheRestart(Moment moment) {
        var campaign = spent();
        store().once(moment, COUPONS, (key, file) -> {
            throw new IOException("the store is away");
        });

        assertThat(archive(campaign).state()).isEqualTo(RunState.FAILED);
        assertThat(coupons(campaign)).isEqualTo(USERS);
        requireBalance(campaign);

        restart();
        requireAllArchived(campaign);
    }

    /** The next run does not go on with it: what it has left is removed. */
    @Test
    void whatAFailedRunHasLeftIsRemovedByTheNext() throws IOException {
        var campaign = spent();
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> {
            throw new IOException("the store is away");
        });
        assertThat(archive(campaign).state()).isEqualTo(RunState.FAILED);
        var left = objects(campaign).get(0);
        assertThat(Node.stored(COUPONS)).contains(left.key());

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThat(Node.stored(COUPONS)).doesNotContain(left.key());
        requireAllArchived(campaign);
    }

    @Test
    void whatTheStoreGivesBackOtherwiseIsNotDeleted() {
        var campaign = spent();
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> {
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        });

        var outcome = archive(campaign);

        assertThat(outcome.state()).isEqualTo(RunState.FAILED);
        assertThat(String.valueOf(outcome.why())).contains("other bytes");
        assertThat(coupons(campaign)).isEqualTo(USERS);
        requireBalance(campaign);
    }

    @Test
    void aCouponThatChangesMeanwhileStays() {
        var campaign = spent();
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> node.sql()
                .update(
                        "UPDATE coupon SET status = 'ISSUED', updated_at = now() WHERE campaign_id = ? AND user_id = ?",
                        campaign.id(),
                        Node.user(1)));

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThat(coupons(campaign)).isEqualTo(1);
        assertThat(archived(campaign)).isEqualTo(USERS - 1);
        requireBalance(campaign);
    }

    /** Nobody is kept from archiving all the others. */
    @Test
    void aCouponThatChangesAgainAndAgainKeepsItsPartAndIsTold() {
        var campaign = spent();
        changeAtEachFetch(campaign);
        var outcome = archive(campaign);
        store().never();

        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(String.valueOf(outcome.why())).contains("change while they are archived");
        assertThat(node.bean(Runs.class).find(outcome.run()).message()).contains("change while they are archived");
        assertThat(coupons(campaign)).isEqualTo(USERS);
        requireBalance(campaign);

        assertThat(archive(campaign).why()).isNull();
        assertThat(coupons(campaign)).as("those that were changed").isEqualTo(3);
    }

    private static void changeAtEachFetch(Campaign campaign) {
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> {
            node.sql()
                    .update(
                            "UPDATE coupon SET status = 'ISSUED', updated_at = now() WHERE campaign_id = ? AND user_id ="
                                    + " (SELECT min(user_id) FROM coupon WHERE campaign_id = ? AND status <> 'ISSUED')",
                            campaign.id(),
                            campaign.id());
            changeAtEachFetch(campaign);
        });
    }

    /** A code that is not known to be used might be given to somebody again. */
    @Test
    void aCouponWithAForeignCodeKeepsItsCampaignsPartAndIsTold() {
        var odd = spent();
        var sound = spent();
        node.sql()
                .update(
                        "UPDATE coupon SET code = 'FOREIGN-7' WHERE campaign_id = ? AND user_id = ?",
                        odd.id(),
                        Node.user(3));

        var outcome = node.bean(ArchiveDesk.class).archive(null, Archiving.BEFORE, Node.operator(), p -> {});

        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(String.valueOf(outcome.why())).contains("FOREIGN-7").contains(odd.name());
        assertThat(coupons(odd)).isEqualTo(USERS);
        assertThat(archived(odd)).isZero();
        requireAllArchived(sound);
        node.sql().update("DELETE FROM coupon WHERE campaign_id = ?", odd.id());
    }

    @Test
    void aCouponThatComesLateIsArchivedToo() {
        var campaign = spent();
        var late = insertedBy(campaign);
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> late.run());

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThat(coupons(campaign)).isZero();
        assertThat(archived(campaign)).isEqualTo(USERS);
        assertThat(objects(campaign))
                .filteredOn(o -> o.state() == ArchiveObject.State.ARCHIVED)
                .hasSize(1);
        requireBalance(campaign);
    }

    /** A partition of which all is archived is emptied at once; not if a coupon comes late. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPartitionIsEmptiedAtOnceIfAllOfItIsArchived(boolean oneComesLate) {
        node.sql()
                .queryForObject(
                        "SELECT setval(pg_get_serial_sequence('campaign', 'id'), (SELECT (max(id) / 50 + 1) * 50 FROM campaign))",
                        Long.class);
        var campaign = spent();
        var partition = "coupon_" + campaign.id() / 50 * 50;
        var late = insertedBy(campaign);
        if (oneComesLate) {
            store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> late.run());
        } else {
            late.run();
        }

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThat(node.count("SELECT pg_relation_size('" + partition + "')") == 0)
                .isNotEqualTo(oneComesLate);
        assertThat(coupons(campaign)).isZero();
        assertThat(archived(campaign)).isEqualTo(USERS);
        requireBalance(campaign);
    }

    /** Pages have other coupons then: some stand in two objects, others in none. */
    @Test
    void aTableThatWasWrittenAnewMeanwhileIsNotEmptiedAtOnce() {
        node.sql()
                .queryForObject(
                        "SELECT setval(pg_get_serial_sequence('campaign', 'id'), (SELECT (max(id) / 50 + 1) * 50 FROM campaign))",
                        Long.class);
        var campaign = spent();
        var partition = "coupon_" + campaign.id() / 50 * 50;
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> node.sql().execute("VACUUM FULL " + partition));

        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThat(node.count("SELECT pg_relation_size('" + partition + "')")).isPositive();
        requireAllArchived(campaign);
    }

    /** It would say that it is done, and have archived nothing. */
    @Test
    void anOlderRunIsNotGoneOnWith() {
        var campaign = spent();
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> {
            throw new IOException("the store is away");
        });
        var older = archive(campaign);
        assertThat(older.state()).isEqualTo(RunState.FAILED);
        assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);

        assertThatThrownBy(() -> node.bean(JobDesk.class).restart(older.run(), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class);
        assertThat(node.bean(Runs.class).find(older.run()).state()).isEqualTo(RunState.REFUSED);
        requireAllArchived(campaign);
    }

    /** A process that was frozen over an upload goes on after another has taken the run over. */
    @Test
    void whoLostTheRunArchivesNothing() {
        var campaign = spent();
        store().once(Moment.BEFORE_PUT_ONCE, COUPONS, (key, file) -> node.sql()
                .update("UPDATE run_token SET token = token + 1 WHERE run_id ="
                        + " (SELECT max(id) FROM run WHERE job = 'archive-coupons')"));

        archive(campaign);
        assertThat(coupons(campaign)).isEqualTo(USERS);
        assertThat(objects(campaign)).extracting(ArchiveObject::state).containsExactly(ArchiveObject.State.PENDING);

        node.sql()
                .update(
                        "UPDATE run SET lease_until = now() - interval '1 minute', owner = 'dead' WHERE job = 'archive-coupons'"
                                + " AND state IN ('RUNNING', 'STOPPING')");
        restart();
        requireAllArchived(campaign);
    }

    @Test
    void aRunThatIsStoppedGoesOnWithTheRestart() {
        var campaign = spent();
        store().once(Moment.AFTER_FETCH, COUPONS, (key, file) -> node.bean(Runs.class)
                .requestStop(node.count("SELECT max(id) FROM run WHERE job = 'archive-coupons'")));

        assertThat(archive(campaign).state()).isEqualTo(RunState.STOPPED);
        assertThat(coupons(campaign)).isEqualTo(USERS);

        restart();
        requireAllArchived(campaign);
    }

    /** Coupons are in one place for everybody who looks, and books balance, while they leave and come back. */
    @Test
    void booksBalanceMeanwhile() throws Exception {
        var campaign = spent();
        var books = new ArrayList<Books>();
        var done = new CompletableFuture<Void>();
        var looking = new Thread(() -> {
            while (!done.isDone()) {
                books.add(node.bean(Reconciler.class).books(now(campaign)));
            }
        });
        looking.start();
        for (int i = 0; i < 3; i++) {
            assertThat(archive(campaign).state()).isEqualTo(RunState.DONE);
            node.bean(RestoreArchiveDesk.class)
                    .restore(
                            io.largesse.coupons.ArchiveSelection.of(campaign.id()),
                            java.time.Instant.now().plusSeconds(3600),
                            Node.operator(),
                            p -> {});
            node.sql().update("UPDATE coupon SET restored_until = now() WHERE campaign_id = ?", campaign.id());
        }
        done.complete(null);
        looking.join();

        assertThat(books).isNotEmpty().allMatch(Books::balance);
        assertThat(books).allMatch(b -> b.coupons() + b.archived() == USERS);
    }

    /** Takes a coupon out of the table; run, it puts it back. */
    private static Runnable insertedBy(Campaign campaign) {
        node.sql().execute("DROP TABLE IF EXISTS late_coupon");
        node.sql()
                .execute("CREATE TABLE late_coupon AS SELECT * FROM coupon WHERE campaign_id = " + campaign.id()
                        + " AND user_id = '" + Node.user(5) + "'");
        node.sql().update("DELETE FROM coupon WHERE campaign_id = ? AND user_id = ?", campaign.id(), Node.user(5));
        return () -> node.sql().update("INSERT INTO coupon SELECT * FROM late_coupon");
    }

    private static void requireAllArchived(Campaign campaign) {
        assertThat(coupons(campaign)).isZero();
        assertThat(archived(campaign)).isEqualTo(USERS);
        requireBalance(campaign);
    }

    private static HookedStore store() {
        return node.bean(HookedStore.class);
    }

    private static void restart() {
        var last = node.count("SELECT max(id) FROM run WHERE job = 'archive-coupons'");
        assertThat(node.bean(JobDesk.class)
                        .restart(last, Node.operator(), p -> {})
                        .state())
                .isEqualTo(RunState.DONE);
    }
}
