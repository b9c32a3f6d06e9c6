package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.AllotmentBlock;
import io.largesse.coupons.Allotments;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.Grants;
import io.largesse.coupons.Lists;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import io.largesse.pools.BlockName;
import io.largesse.pools.Take;
import io.largesse.pools.Taker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What dead processes and refused grants leave behind is found by name, and what has no such name is left alone. */
class LeftoversTest {

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.startWithChunk(100);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** The gate stays closed, so the codes cannot go back. Void, with their stock free for others, they are if somebody says so. */
    @Test
    void codesOfAGrantRefusedBeforeAClosedGateAreVoidOnlyByAnOperatorsWord() {
        var campaign = node.campaign(300);
        node.generate(campaign, 300);
        var grant = checked(campaign, 200);
        allotAsTheDead(campaign, grant, 1, 30);
        allotAsTheDead(campaign, grant, 4, 20);
        node.pools().gates().close(campaign.pool());

        assertThat(node.grants().issue(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.REFUSED);

        assertThat(find(grant).state()).isEqualTo(GrantState.REFUSED);
        assertThat(codesOnRecord(grant)).isEqualTo(50);
        assertThat(node.bean(Campaigns.class).byId(campaign.id()).voided()).isZero();

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(codesOnRecord(grant)).isZero();
        assertThat(node.bean(Campaigns.class).byId(campaign.id()).voided()).isEqualTo(50);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(250);
        assertThatThrownBy(() -> revoke(grant)).isInstanceOf(RefusedException.class);
    }

    /** As above, but the process died before it could clean: whoever revokes the refused grant cleans it. */
    @Test
    void whatARefusedGrantLeftIsToldAndCleaned() {
        var campaign = node.campaign(300);
        node.generate(campaign, 300);
        var grant = checked(campaign, 200);
        allotAsTheDead(campaign, grant, 1, 30);
        node.bean(Allotments.class).giveBackUnissued(grant);
        node.sql().update("UPDATE coupon_grant SET state = 'REFUSED' WHERE id = ?", grant.id());
        assertThat(node.bean(RevokeDesk.class).left(grant.id()).codes()).isEqualTo(30);

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(node.bean(RevokeDesk.class).left(grant.id()).isNothing()).isTrue();
        assertThat(codesOnRecord(grant)).isZero();
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(300);
        assertThat(find(grant).state()).isEqualTo(GrantState.REFUSED);
    }

    @Test
    void aGrantThatDiedOverItsListLeavesNeitherRowsNorFilesWhenItIsRevoked() throws IOException {
        var campaign = node.campaign(300);
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(20)), Node.operator());
        node.bean(Lists.class).createStaging(grant.id());
        node.bean(Grants.class).move(grant.id(), GrantState.FAILED);
        var list = Files.writeString(Node.WORK.resolve("grant-" + grant.id() + "-1"), "half a list");
        var report = left("report-" + grant.id() + "-x.xlsx", "dead:1:x", grant.id());
        var part = Files.writeString(Node.WORK.resolve(report.getFileName() + ".part"), "half a report");
        var foreign = Files.writeString(Node.WORK.resolve("grant-" + grant.id() + "-1-notes.txt"), "not ours");

        assertThat(revoke(grant)).isEqualTo(RunState.DONE);

        assertThat(find(grant).state()).isEqualTo(GrantState.REVOKED);
        assertThat(node.bean(Lists.class).isStaged(grant.id())).isFalse();
        assertThat(list).doesNotExist();
        assertThat(report).doesNotExist();
        assertThat(part).doesNotExist();
        assertThat(foreign).exists();
        Files.delete(foreign);
    }

    @Test
    void uploadsOfDeadProcessesGoWithTheNextOneAndThoseOfTheLivingStay() throws IOException {
        var dead = left("upload-dead.tmp", "dead:1:x", null);
        var living = left("upload-living.tmp", node.bean(ProcessName.class).value(), null);
        var foreign = Files.writeString(Node.WORK.resolve("upload-foreign.tmp"), "not on record");

        node.grants().receive(Node.request(node.campaign(10), 1, Node.list(5)), Node.operator());

        assertThat(dead).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
        assertThat(node.count(
                        "SELECT count(*) FROM work_file WHERE folder = ? AND name = 'upload-dead.tmp'",
                        Node.WORK.toString()))
                .isZero();
        assertThat(node.count(
                        "SELECT count(*) FROM work_file WHERE folder = ? AND owner = ? AND name <> 'upload-living.tmp'",
                        Node.WORK.toString(),
                        node.bean(ProcessName.class).value()))
                .isZero();
        node.bean(WorkFolder.class).remove(living);
        Files.delete(foreign);
    }

    private static Path left(String name, String owner, Long grant) throws IOException {
        node.sql().update("DELETE FROM work_file WHERE folder = ? AND name = ?", Node.WORK.toString(), name);
        node.sql()
                .update(
                        "INSERT INTO work_file (folder, name, owner, grant_id, made_at)"
                                + " VALUES (?, ?, ?, ?, now() - interval '1 hour')",
                        Node.WORK.toString(),
                        name,
                        owner,
                        grant);
        return Files.writeString(Node.WORK.resolve(name), "half a file");
    }

    /** As a process that was killed after the commit of a block. */
    private static void allotAsTheDead(Campaign campaign, Grant grant, int shard, int n) {
        var name = new BlockName(campaign.pool(), shard, "g" + grant.id() + "-1");
        var taken = (Take.Taken) node.pools().take(name, n, new Taker("g" + grant.id(), 0));
        node.bean(Allotments.class).add(grant.id(), new AllotmentBlock(shard, 1, taken.codes()));
        node.pools().drop(name);
    }

    private static long codesOnRecord(Grant grant) {
        return node.count(
                "SELECT coalesce(sum(cardinality(codes)), 0) FROM allotment_block WHERE grant_id = ?", grant.id());
    }

    private static Grant checked(Campaign campaign, int users) {
        var grant = node.grants().receive(Node.request(campaign, 1, Node.list(users)), Node.operator());
        assertThat(node.grants().check(grant.id(), Node.operator(), p -> {}).state())
                .isEqualTo(RunState.DONE);
        return find(grant);
    }

    private static RunState revoke(Grant grant) {
        return node.bean(RevokeDesk.class)
                .revoke(grant.id(), Node.operator(), p -> {})
                .state();
    }

    private static Grant find(Grant grant) {
        return node.bean(Grants.class).find(grant.id());
    }
}
