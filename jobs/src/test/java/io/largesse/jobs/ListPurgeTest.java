package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignChange;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.OldLists;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunProgress;
import io.largesse.coupons.RunState;
import io.largesse.coupons.UserTrails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/** Lists that are older than anybody complains go, whole, and say so; what is needed yet stays, whole. */
class ListPurgeTest extends Revoking {

    private static final Duration DAYS_60 = Duration.ofDays(60);

    @Test
    void anOldListGoesAndItsGrantSaysSo() throws IOException {
        var list = Node.list(USERS, "nobody " + System.nanoTime());
        var grant = old(done(campaign(2 * USERS), 1, list));
        var sharing = done(campaign(2 * USERS), 1, list);
        var upload = upload(grant);
        var report = find(grant).reportKey();
        node.bean(Lists.class).createStaging(grant.id());
        ageUploads();

        assertThat(purge(null)).isEqualTo(RunState.DONE);
        assertThat(rows(grant)).as("nobody asked for lists to go").isPositive();
        assertThat(node.bean(Lists.class).isStaged(grant.id())).isFalse();

        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);

        requireGone(grant);
        assertThat(isThere(report)).isFalse();
        assertThat(isThere(upload)).as("another grant needs it").isTrue();
        assertThat(rows(sharing)).isPositive();
        assertThat(coupons(campaignOf(grant))).isEqualTo(USERS);
        assertThatThrownBy(() -> node.grants().report(grant.id(), Locale.ENGLISH, Path.of("target", "never.xlsx")))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("purged on");
        assertThatThrownBy(() -> revoke(grant))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("purged on");
        assertThatThrownBy(() -> restart(grant))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("DONE");
        assertThat(node.grants().summary(grant.id()).grant().recipients()).isEqualTo(USERS);
        var trail = node.bean(UserTrails.class).of(Node.user(1), campaignOf(grant));
        assertThat(trail.purged()).isEqualTo(1);
        assertThat(trail.lists()).isZero();
        assertThat(trail.grants()).singleElement().satisfies(found -> assertThat(found.coupons())
                .hasSize(1));
        assertThatThrownBy(() -> checked(campaignOf(grant), 1, list))
                .as("the same list is still known")
                .isInstanceOf(RefusedException.class);

        old(sharing);
        ageUploads();
        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);
        requireGone(sharing);
        assertThat(isThere(upload)).isFalse();
        assertThat(purge(DAYS_60)).as("once more").isEqualTo(RunState.DONE);
        assertThat(find(done(campaign(USERS), 1, list)).issued())
                .as("stored anew")
                .isEqualTo(USERS);
        assertThat(isThere(upload)).isTrue();
    }

    @Test
    void whatIsNeededYetStays() {
        var young = old(done(campaign(USERS), 1, Node.list(10)));
        node.sql().update("UPDATE coupon_grant SET finished_at = now() - interval '59 days' WHERE id = ?", young.id());
        var active = old(done(campaign(USERS), 1, Node.list(10)));
        status(active, "ACTIVE");
        var valid = old(done(campaign(USERS), 1, Node.list(10)));
        node.sql().update("UPDATE campaign SET valid_days = 400 WHERE id = ?", valid.campaignId());
        var justEnded = old(done(campaign(USERS), 1, Node.list(10)));
        status(justEnded, "ACTIVE");
        node.bean(Campaigns.class).end(campaignOf(justEnded), Node.operator());
        var unreported = old(done(campaign(USERS), 1, Node.list(10)));
        node.sql()
                .update(
                        "UPDATE run SET state = 'FAILED', told_at = now() WHERE job = 'issue-grant' AND subject = ?",
                        unreported.subject());
        var onTheWay = old(done(campaign(USERS), 1, Node.list(10)));
        node.bean(Allotments.class).add(onTheWay.id(), new AllotmentBlock(7, 99, List.of("ON-ITS-WAY")));
        node.sql()
                .update(
                        "UPDATE allotment_block SET given_back = true WHERE grant_id = ? AND block_no = 99",
                        onTheWay.id());
        var outlived = old(done(campaign(USERS), 1, Node.list(10)));
        endEarlierThanItsCoupons(outlived);
        var stopped = old(stoppedPartWay(campaign(2 * USERS)));
        var checked = old(checked(campaign(USERS), 1, Node.list(10)));

        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);

        assertThat(List.of(young, active, valid, justEnded, unreported, onTheWay, outlived, stopped, checked))
                .allSatisfy(grant -> {
                    assertThat(find(grant).listPurgedAt()).isNull();
                    assertThat(rows(grant)).isPositive();
                    assertThat(isThere(upload(grant))).isTrue();
                });
        status(stopped, "ACTIVE");
        assertThat(restart(stopped)).isEqualTo(RunState.DONE);
        assertThat(coupons(campaignOf(stopped))).isEqualTo(USERS);
    }

    /** The end of its campaign was moved after its coupons were issued, which keep theirs. */
    private static void endEarlierThanItsCoupons(Grant grant) {
        node.sql()
                .update(
                        "UPDATE campaign SET status = 'ACTIVE', valid_days = NULL, opens_at = now() - interval '2 years',"
                                + " valid_from = now() - interval '2 years', valid_to = now() + interval '1 year' WHERE id = ?",
                        grant.campaignId());
        var earlier = new CampaignChange(null, null, Instant.now().minus(Duration.ofDays(90)), null, null);
        node.bean(Campaigns.class).edit(campaignOf(grant), earlier, Node.operator());
        status(grant, "ENDED");
    }

    @Test
    void aListThatWasOnlyCheckedGoesOnceItsCampaignHasLongEnded() {
        var checked = checked(campaign(USERS), 1, Node.list(10));
        node.sql()
                .update("UPDATE coupon_grant SET created_at = now() - interval '100 days' WHERE id = ?", checked.id());
        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);
        assertThat(rows(checked)).as("its campaign has not ended").isEqualTo(10);

        status(checked, "ENDED");
        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);

        requireGone(checked);
    }

    /** Right after it was decided somebody stops it; then the session is lost when all of it is gone, and that is put on record. */
    @Test
    void oneThatIsInterruptedGoesOn() {
        var grant = old(done(campaign(USERS), 1, Node.list(USERS, "nobody " + System.nanoTime())));
        var report = find(grant).reportKey();
        ageUploads();
        ambush().lay(
                        "coupon_grant",
                        "OLD.list_purged_at IS NULL AND NEW.list_purged_at IS NOT NULL",
                        1,
                        "UPDATE run SET state = 'STOPPING' WHERE job = 'purge-history' AND state = 'RUNNING'");
        var stopped = purge(DAYS_60, p -> {});

        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat(find(grant).listPurgedAt()).isNotNull();
        assertThat(rows(grant)).isEqualTo(USERS);
        assertThat(isThere(report)).isTrue();

        ambush().loseSession("coupon_grant", "NOT NEW.list_left", 1);
        assertThat(goOn(stopped)).isEqualTo(RunState.FAILED);
        assertThat(rows(grant)).isZero();
        assertThat(isThere(report)).isFalse();
        assertThat(find(grant).reportKey()).as("not asked for any more").isEqualTo(report);

        ambush().lift();
        assertThat(goOn(stopped)).isEqualTo(RunState.DONE);
        requireGone(grant);
        assertThat(isThere(upload(grant))).isFalse();
    }

    private static RunState goOn(RunOutcome stopped) {
        return node.bean(JobDesk.class)
                .restart(stopped.run(), Node.operator(), p -> {})
                .state();
    }

    /** An upload that is being removed, and one that somebody has just stored and that no grant names yet. */
    @Test
    void whoStoresAnUploadWaitsForItsRemoval() {
        var key = "uploads/test-" + System.nanoTime();
        var old = node.bean(OldLists.class);
        old.stored(key);
        assertThat(node.count("SELECT count(*) FROM upload WHERE object_key = ?", key))
                .isEqualTo(1);
        assertThat(old.nextUpload()).as("stored today").isNotEqualTo(key);
        node.sql().update("DELETE FROM upload WHERE stored_at < now() - interval '1 day'");
        node.sql().update("UPDATE upload SET stored_at = now() - interval '2 days' WHERE object_key = ?", key);

        var storing = node.bean(TransactionOperations.class).execute(tx -> {
            assertThat(old.nextUpload()).isEqualTo(key);
            var other = CompletableFuture.runAsync(() -> old.stored(key));
            while (node.count("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'") == 0) {
                assertThat(other).isNotDone();
            }
            assertThat(other).isNotDone();
            old.removed(key);
            return other;
        });

        storing.join();
        assertThat(node.count(
                        "SELECT count(*) FROM upload WHERE object_key = ? AND stored_at > now() - interval '1 hour'",
                        key))
                .isEqualTo(1);
    }

    @Test
    void whatCameByTheInboxGoesWithItsGrantOrWhenItIsAsOld() throws IOException {
        var grant = old(done(campaign(USERS), 1, Node.list(10)));
        var young = done(campaign(USERS), 1, Node.list(10));
        var granted = moved(grant.id(), upload(grant), "done", 61);
        var kept = moved(young.id(), upload(young), "done", 61);
        var refused = moved(null, upload(young), "refused", 61);
        var late = moved(null, upload(young), "refused", 59);

        assertThat(purge(DAYS_60)).isEqualTo(RunState.DONE);

        assertThat(List.of(granted, granted + ".report.xlsx", refused, refused + ".report.xlsx"))
                .noneMatch(ListPurgeTest::isThere);
        assertThat(List.of(kept, kept + ".report.xlsx", late, late + ".report.xlsx"))
                .allMatch(ListPurgeTest::isThere);
    }

    /** @return where a list stands that has left the inbox, with a report beside it */
    private static String moved(@Nullable Long grant, String upload, String folder, int days) throws IOException {
        var name = "test-" + System.nanoTime() + ".csv";
        var to = folder + "/somewhere/" + name;
        node.bean(ObjectStore.class).copy(upload, to);
        node.bean(ObjectStore.class).copy(upload, to + ".report.xlsx");
        node.sql()
                .update(
                        """
                        INSERT INTO inbox_list
                          (object_key, tag, sha256, grant_id, state, reason_code, taken_at, moved_at, moved_to)
                        VALUES (?, 'tag', 'none', ?, ?, ?, now(), now() - make_interval(days => ?), ?)
                        """,
                        "inbox/somewhere/" + name,
                        grant,
                        grant == null ? "REFUSED" : "GRANTED",
                        grant == null ? "jobs.inbox.closed" : null,
                        days,
                        to);
        return to;
    }

    /** It was refused before it had a grant, and its run ended before it was moved: what is moved is the upload. */
    @Test
    void theUploadOfAListThatIsYetToBeMovedStays() {
        var list = "test-" + System.nanoTime();
        var old = node.bean(OldLists.class);
        old.stored("uploads/" + list);
        ageUploads();
        node.sql().update("""
                INSERT INTO inbox_list (object_key, tag, sha256, state, reason_code, taken_at)
                VALUES (?, 'tag', ?, 'REFUSED', 'jobs.inbox.closed', now())
                """, "inbox/" + list, list);
        node.sql().update("DELETE FROM upload WHERE object_key <> ?", "uploads/" + list);
        assertThat(old.nextUpload()).isNull();

        node.sql().update("UPDATE inbox_list SET moved_at = now() WHERE sha256 = ?", list);
        assertThat(old.nextUpload()).isEqualTo("uploads/" + list);
    }

    @Test
    void listsOfTheseWeeksAreKept() {
        var lately = Instant.now().minus(Duration.ofDays(29)).toString();
        var before = Instant.now().minus(Duration.ofDays(60)).toString();
        assertThatThrownBy(() -> node.bean(JobDesk.class)
                        .run(
                                "purge-history",
                                Map.of("before", before, "lists-before", lately),
                                Node.operator(),
                                p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("30 days");
    }

    private static RunState purge(@Nullable Duration lists) {
        return purge(lists, p -> {}).state();
    }

    private static RunOutcome purge(@Nullable Duration lists, Consumer<RunProgress> progress) {
        var now = Instant.now();
        return node.bean(HistoryDesk.class)
                .purge(
                        now.minus(Duration.ofDays(30)),
                        lists == null ? null : now.minus(lists),
                        Node.operator(),
                        progress);
    }

    /** As if it had ended 400 days ago, with its campaign. */
    private static Grant old(Grant grant) {
        node.sql().update("UPDATE coupon_grant SET finished_at = now() - interval '400 days' WHERE id = ?", grant.id());
        status(grant, "ENDED");
        return find(grant);
    }

    private static void status(Grant grant, String status) {
        node.sql().update("UPDATE campaign SET status = ? WHERE id = ?", status, grant.campaignId());
    }

    private static void ageUploads() {
        node.sql().update("UPDATE upload SET stored_at = now() - interval '2 days'");
    }

    private static Campaign campaignOf(Grant grant) {
        return node.bean(Campaigns.class).byId(grant.campaignId());
    }

    private static String upload(Grant grant) {
        return node.bean(Grants.class).sources(grant.id()).get(0).objectKey();
    }

    private static long rows(Grant grant) {
        return node.count("SELECT count(*) FROM recipient WHERE grant_id = ?", grant.id());
    }

    private static void requireGone(Grant grant) {
        assertThat(find(grant).listPurgedAt()).isNotNull();
        assertThat(find(grant).reportKey()).isNull();
        for (var table : List.of("recipient", "reject", "allotment_block")) {
            assertThat(node.count("SELECT count(*) FROM " + table + " WHERE grant_id = ?", grant.id()))
                    .as(table)
                    .isZero();
        }
    }

    private static boolean isThere(@Nullable String key) {
        try {
            var file = Files.createTempFile(Path.of("target"), "object-", ".tmp");
            node.bean(ObjectStore.class).fetch(String.valueOf(key), file);
            Files.delete(file);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
