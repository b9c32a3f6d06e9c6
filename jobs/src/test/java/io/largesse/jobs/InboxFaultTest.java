package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.largesse.coupons.Campaign;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.InboxLists;
import io.largesse.coupons.Message;
import io.largesse.coupons.ObjectStore;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunSpec;
import io.largesse.coupons.RunState;
import io.largesse.coupons.Runs;
import io.largesse.coupons.StoredObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each arrival of a list is granted once, whatever fails, stops, races or is written meanwhile. */
class InboxFaultTest extends Inboxes {

    private static final int FEW = 300;

    private static Node other;

    @BeforeAll
    static void startOther() {
        other = Node.startWithChunk(100);
    }

    @AfterAll
    static void stopOther() {
        other.close();
    }

    @AfterEach
    void storeIsBack() {
        Node.faults().startObjectStore();
    }

    /** The session dies in the transaction of that change, the last of them after the list was moved. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "inbox_list           | insert",
                "coupon_grant         | NEW.recipients IS NOT NULL AND OLD.recipients IS NULL",
                "coupon_grant         | NEW.state = 'APPROVED'",
                "batch_step_execution | NEW.commit_count > OLD.commit_count AND NEW.step_name LIKE 'issue-part%'",
                "inbox_list           | NEW.state = 'GRANTED' AND OLD.state = 'TAKEN'",
                "inbox_list           | NEW.moved_at IS NOT NULL"
            })
    void aRestartGoesOnWithTheSameGrant(String table, String when) {
        var campaign = open(FEW, FEW);
        put(campaign, "a.csv", Node.list(FEW));
        if (when.equals("insert")) {
            ambush().loseSessionAtInsert(table);
        } else {
            ambush().loseSession(table, when, 1);
        }

        var failed = take(campaign);
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        ambush().lift();
        assertThat(jobs().restart(failed.run(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        takeAll(campaign);

        requireGrantedOnce(campaign);
    }

    @Test
    void aStoreThatIsAwayFailsTheRunAndTheListStays() {
        var campaign = open(FEW, FEW);
        put(campaign, "a.csv", Node.list(FEW));
        var failed = takeUntilHeld(campaign, () -> Node.faults().stopObjectStore());
        assertThat(failed.state()).isEqualTo(RunState.FAILED);
        assertThat(failed.why().arguments().get(1)).contains("did not answer").contains("a.csv");
        assertThat(take(campaign).state()).as("nor can it be listed").isEqualTo(RunState.FAILED);
        assertThat(grants(campaign).get(0).state()).isEqualTo(GrantState.DONE);

        Node.faults().startObjectStore();
        assertThat(jobs().restart(failed.run(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);

        requireGrantedOnce(campaign);
    }

    /** As by a node that ends: the grant stops at its chunk, and another node goes on with both. */
    @Test
    void aStopStopsTheGrantTooAndAnotherNodeGoesOn() {
        var campaign = open(USERS, USERS);
        put(campaign, "a.csv", Node.list(USERS));
        var stopped = takeUntilHeld(campaign, () -> {
            var run = node.bean(Runs.class).last("take-inbox", "inbox");
            assertThat(jobs().stop(run.id(), Node.operator())).isTrue();
            await().atMost(Duration.ofSeconds(30)).until(() -> issue(campaign).equals("STOPPING"));
        });
        assertThat(stopped.state()).isEqualTo(RunState.STOPPED);
        assertThat(coupons(campaign)).isBetween(1L, USERS - 1L);
        node.bean(Runs.class).release(stopped.run());

        var ended = other.bean(JobDesk.class).restart(stopped.run(), Node.operator(), p -> {});
        assertThat(ended.state()).isEqualTo(RunState.DONE);
        node.forgetSessions(); // whoever takes a run over ends them

        requireGrantedOnce(campaign, USERS);
    }

    @Test
    void aGrantThatAPersonStopsWaitsForThatPerson() {
        var campaign = open(USERS, USERS);
        put(campaign, "a.csv", Node.list(USERS));
        var outcome = takeUntilHeld(
                campaign, () -> node.grants().stop(grants(campaign).get(0).id(), Node.operator()));
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(coupons(campaign)).isBetween(1L, USERS - 1L);

        takeAll(campaign);
        assertThat(grants(campaign).get(0).state()).isEqualTo(GrantState.STOPPED);
        assertThat(inbox(campaign)).hasSize(2);

        assertThat(restart(grants(campaign).get(0))).isEqualTo(RunState.DONE);
        takeAll(campaign);
        requireGrantedOnce(campaign, USERS);
    }

    /** Whoever finds the grant's run dead before its cost is known only checks it. */
    @Test
    void whoeverGoesOnWithTheGrantAloneCannotPassTheThreshold() {
        var campaign = open(FEW, 10);
        put(campaign, "a.csv", Node.list(FEW));
        ambush().loseSession("coupon_grant", "NEW.recipients IS NOT NULL AND OLD.recipients IS NULL", 1);
        assertThat(take(campaign).state()).isEqualTo(RunState.FAILED);
        ambush().lift();

        assertThat(restart(grants(campaign).get(0))).isEqualTo(RunState.DONE);

        assertThat(coupons(campaign)).isZero();
        takeAll(campaign);
        assertThat(coupons(campaign)).isZero();
        assertThat(refused(campaign)).hasSize(2);
        assertThat(inbox(campaign)).isEmpty();
    }

    @Test
    void twoRunsAtOnceGrantEachListOnce() {
        var campaign = open(2 * FEW, FEW);
        put(campaign, "a.csv", Node.list(FEW));
        put(campaign, "b.csv", Node.list(FEW - 1));
        var outcome = takeUntilHeld(campaign, () -> assertThatThrownBy(
                        () -> other.bean(JobDesk.class).run("take-inbox", Map.of(), Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("works on inbox already"));
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        assertThat(grants(campaign)).hasSize(2).allMatch(g -> g.state() == GrantState.DONE);
        assertThat(coupons(campaign)).isEqualTo(2 * FEW - 1);
        assertThat(inbox(campaign)).isEmpty();
    }

    /** It was frozen, say: what it decides and moves afterwards is not accepted. */
    @Test
    void aRunThatWasTakenOverMovesNothing() {
        var campaign = open(FEW, FEW);
        put(campaign, "a.csv", Node.list(FEW));
        var run = new long[1];
        var outcome = takeUntilHeld(campaign, () -> {
            run[0] = node.bean(Runs.class).last("take-inbox", "inbox").id();
            node.sql().update("UPDATE run_token SET token = token + 1 WHERE run_id = ?", run[0]);
        });
        assertThat(outcome.takenOver()).isTrue();
        assertThat(inbox(campaign)).hasSize(2);
        assertThat(done(campaign)).isEmpty();

        node.sql().update("UPDATE run SET lease_until = now() WHERE id = ?", run[0]);
        assertThat(jobs().restart(run[0], Node.operator(), p -> {}).state()).isEqualTo(RunState.DONE);
        requireGrantedOnce(campaign);
    }

    @Test
    void whatIsWrittenOverAListAtWorkIsAListOfItsOwn() {
        var campaign = open(2 * FEW, FEW);
        var key = put(campaign, "a.csv", Node.list(FEW));
        var outcome = takeUntilHeld(campaign, () -> putMarked(key, Node.list(FEW - 50)));
        assertThat(outcome.state()).isEqualTo(RunState.DONE);
        var first = grants(campaign).get(0);
        assertThat(coupons(campaign)).as("what was checked").isEqualTo(FEW);
        assertThat(content("done/" + campaign.name() + "/grant-" + first.id() + "-a.csv"))
                .endsWith(Node.user(FEW) + "\n");
        assertThat(content(key)).endsWith(Node.user(FEW - 50) + "\n");
        assertThat(inbox(campaign)).containsExactly(key, key + ".done");

        takeAll(campaign);

        assertThat(coupons(campaign)).isEqualTo(2 * FEW - 50);
        assertThat(done(campaign)).hasSize(4);
        assertThat(inbox(campaign)).isEmpty();
    }

    @Test
    void whatIsWrittenWhileItIsReadIsForTheNextRun() throws Exception {
        var campaign = open(FEW, FEW);
        var key = put(campaign, "a.csv", Node.list(FEW - 1));
        var by = Node.operator();
        var hold = node.bean(JobRunner.class).start(RunSpec.of("take-inbox", "inbox", ""), by);
        var taker = new InboxTaker(
                new Racing(store(), "fetch", () -> putMarked(key, Node.list(FEW))),
                node.bean(Uploads.class),
                node.bean(WorkFolder.class),
                node.bean(InboxGrants.class),
                node.bean(InboxMover.class),
                node.bean(LiveRuns.class));

        try {
            taker.take(
                    new InboxRun(hold, by, null),
                    InboxName.of(key).orElseThrow(),
                    store().find(key).orElseThrow());
        } finally {
            node.bean(Runs.class).end(hold, RunState.DONE, null);
        }

        assertThat(grants(campaign)).isEmpty();
        takeAll(campaign);
        requireGrantedOnce(campaign);
    }

    /** It is not the list's fault, and over soon. */
    @Test
    void aListWaitsWhileTheCampaignsPoolIsRebuilt() {
        var campaign = open(FEW, FEW);
        put(campaign, "a.csv", Node.list(FEW));
        var rebuild = new RunSpec("rebuild-pool", "pool of " + campaign.name(), "", campaign.id(), true);
        var hold = node.bean(Runs.class).start(rebuild, Node.operator(), "somebody");

        takeAll(campaign);

        assertThat(coupons(campaign)).isZero();
        assertThat(inbox(campaign)).hasSize(2);
        node.bean(Runs.class).end(hold, RunState.DONE, null);
        takeAll(campaign);
        requireGrantedOnce(campaign);
    }

    /** Between the last look and the removal. */
    @Test
    void whatIsWrittenInThatMomentStaysWithItsMarker() throws Exception {
        var campaign = open(FEW, FEW);
        var key = put(campaign, "a.csv", Node.list(FEW));
        var by = Node.operator();
        var hold = node.bean(JobRunner.class).start(RunSpec.of("take-inbox", "inbox", ""), by);
        var source = node.bean(Uploads.class).receive(Node.list(FEW), "a.csv");
        var list = node.bean(InboxLists.class)
                .refused(store().find(key).orElseThrow(), source.sha256(), Message.of("jobs.grant.refused"), by);
        var mover = new InboxMover(
                node.bean(InboxLists.class),
                node.bean(Grants.class),
                node.bean(GrantReports.class),
                new Racing(store(), "remove", () -> putMarked(key, Node.list(FEW - 1))),
                node.bean(WorkFolder.class),
                node.bean(InboxFence.class));

        try {
            mover.move(new InboxRun(hold, by, null), list);
        } finally {
            node.bean(Runs.class).end(hold, RunState.DONE, null);
        }

        assertThat(inbox(campaign)).containsExactly(key, key + ".done");
        assertThat(content(key)).endsWith(Node.user(FEW - 1) + "\n");
    }

    /** Somebody writes just before an object is removed, or just after one was fetched. */
    private record Racing(ObjectStore store, String when, Runnable writer) implements ObjectStore {

        @Override
        public void putOnce(String key, Path file) throws IOException {
            store.putOnce(key, file);
        }

        @Override
        public void put(String key, Path file) throws IOException {
            store.put(key, file);
        }

        @Override
        public void fetch(String key, Path file) throws IOException {
            store.fetch(key, file);
            writeAt("fetch");
        }

        @Override
        public void remove(String key) throws IOException {
            writeAt("remove");
            store.remove(key);
        }

        private void writeAt(String moment) {
            if (moment.equals(when)) {
                writer.run();
            }
        }

        @Override
        public List<String> list(String prefix, String after) throws IOException {
            return store.list(prefix, after);
        }

        @Override
        public Optional<StoredObject> find(String key) throws IOException {
            return store.find(key);
        }

        @Override
        public void copy(String from, String to) throws IOException {
            store.copy(from, to);
        }

        @Override
        public boolean removeUnchanged(String key, String tag) throws IOException {
            return store.removeUnchanged(key, tag);
        }
    }

    /** Takes lists, and does something while the second chunk of coupons waits for its commit. */
    private static RunOutcome takeUntilHeld(Campaign campaign, Runnable meanwhile) {
        try (var hold = ambush().holdChunk("issue-part%", 2)) {
            var taken = new CompletableFuture<RunOutcome>();
            new Thread(() -> complete(taken, campaign)).start();
            hold.awaitCaught();
            meanwhile.run();
            hold.close();
            return taken.join();
        }
    }

    private static void complete(CompletableFuture<RunOutcome> taken, @Nullable Campaign campaign) {
        try {
            taken.complete(take(campaign));
        } catch (RuntimeException e) {
            taken.completeExceptionally(e);
        }
    }

    private static String issue(Campaign campaign) {
        return node.bean(Runs.class)
                .last("issue-grant", grants(campaign).get(0).subject())
                .state()
                .name();
    }

    private static void requireGrantedOnce(Campaign campaign) {
        requireGrantedOnce(campaign, FEW);
    }

    private static void requireGrantedOnce(Campaign campaign, int users) {
        assertThat(grants(campaign)).hasSize(1).allMatch(g -> g.state() == GrantState.DONE);
        assertThat(coupons(campaign)).isEqualTo(users);
        assertThat(node.count("SELECT count(DISTINCT user_id) FROM coupon WHERE campaign_id = ?", campaign.id()))
                .isEqualTo(users);
        assertThat(done(campaign)).hasSize(2);
        assertThat(refused(campaign)).isEmpty();
        assertThat(inbox(campaign)).isEmpty();
        assertThat(node.count(
                        "SELECT count(*) FROM inbox_list WHERE moved_at IS NULL AND starts_with(object_key, ?)",
                        "inbox/" + campaign.name() + "/"))
                .as("on record as not moved")
                .isZero();
        requireConserved(campaign);
    }
}
