package io.largesse.coupons;

import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListsTest {

    private final Lists lists = the(Lists.class);
    private final Campaign campaign = Books.campaign(Draft.saved());

    /** Neither the order of a language nor that of UTF-16, which has the emoji before the full-width sign. */
    @Test
    void recipientsAreNumberedInByteOrder() {
        var grant = grant(false);
        stage(grant, 1, "b", "a10", "\uD83D\uDE00", "B", "a-1", "\uFF5E", "é", "a9", "张三", "_");

        lists.number(grant, () -> lists.holders(grant));
        assertThat(lists.users(grant.id(), 1, 100))
                .containsExactly("B", "_", "a-1", "a10", "a9", "b", "é", "张三", "\uFF5E", "\uD83D\uDE00");
    }

    @Test
    void ofSeveralRowsOfAUserTheFirstCountsAcrossFiles() {
        var grant = grant(false);
        stage(grant, 2, "late", "both", "late");
        stage(grant, 1, "early", "both", "early", "both");

        assertThat(lists.number(grant, () -> lists.holders(grant))).isEqualTo(new GrantCounts(7, 3, 0, 4, 0));
        assertThat(lists.firstRows(grant.id(), 10))
                .containsExactly(
                        new ListedRecipient(1, 1, "early"),
                        new ListedRecipient(1, 2, "both"),
                        new ListedRecipient(2, 1, "late"));
        assertThat(rejects(grant))
                .containsExactly(
                        duplicate(1, 3, "early", 1, 1),
                        duplicate(1, 4, "both", 2, 1),
                        duplicate(2, 2, "both", 2, 1),
                        duplicate(2, 3, "late", 1, 2));
        assertThat(rejects(grant).get(2).message()).isEqualTo(Message.of("coupons.reject.duplicate", 2, "file-1.csv"));
    }

    @Test
    void holdersAreCountedAndKept() {
        var grant = grant(false);
        stage(grant, 1, "new", "holder", "holder");
        hold("holder");

        assertThat(lists.number(grant, () -> lists.holders(grant))).isEqualTo(new GrantCounts(3, 2, 0, 1, 1));
    }

    @Test
    void holdersAreSkippedIfAskedFor() {
        var grant = grant(true);
        stage(grant, 1, "new", "holder", "new", "holder");
        reject(grant, 1, 9, "bad");
        hold("holder");

        var counts = lists.number(grant, () -> lists.holders(grant));
        assertThat(counts).isEqualTo(new GrantCounts(5, 1, 1, 1, 2));
        assertThat(counts.rows())
                .isEqualTo(counts.recipients() + counts.rejected() + counts.duplicates() + counts.holders());
        assertThat(lists.rejectsByReason(grant.id()))
                .containsExactly(
                        new RejectCount("coupons.reject.holder", 2),
                        new RejectCount("coupons.reject.duplicate", 1),
                        new RejectCount("coupons.user-id.empty", 1));
        assertThat(lists.recipients(grant.id())).isEqualTo(1);
        assertThat(lists.rejects(grant.id())).isEqualTo(4);
    }

    @Test
    void holdersOfOtherCampaignsAreNone() {
        var other = Books.campaign(Draft.saved());
        Books.issue(other, "X-1", "user", "GRANT", 1, 1);
        hold("somebody");
        var grant = grant(true);
        stage(grant, 1, "user");

        assertThat(lists.number(grant, () -> lists.holders(grant))).isEqualTo(new GrantCounts(1, 1, 0, 0, 0));
    }

    /** Or nobody could be granted anew after a list was taken back. */
    @Test
    void whoseCouponWasTakenBackIsNoHolder() {
        hold("taken-back");
        sql().update("UPDATE coupon SET status = 'REVOKED' WHERE campaign_id = ?", campaign.id());
        hold("holder");
        var grant = grant(true);
        stage(grant, 1, "taken-back", "holder");

        assertThat(lists.holders(grant)).isEqualTo(1);
        assertThat(lists.number(grant, () -> 0)).isEqualTo(new GrantCounts(2, 1, 0, 0, 1));
    }

    @Test
    void afterNumberingNothingIsStaged() {
        var grant = grant(false);
        assertThat(lists.isStaged(grant.id())).isFalse();
        stage(grant, 1, "a");
        assertThat(lists.isStaged(grant.id())).isTrue();

        lists.number(grant, () -> lists.holders(grant));
        assertThat(lists.isStaged(grant.id())).isFalse();
    }

    @Test
    void aNumberingThatFailsLeavesTheRowsStaged() {
        var grant = grant(false);
        stage(grant, 1, "a", "b");
        sql().update("INSERT INTO recipient VALUES (?, 2, 1, 1, 'in the way')", grant.id());

        assertThatThrownBy(() -> lists.number(grant, () -> lists.holders(grant)))
                .hasMessageContaining("recipient_pkey");
        assertThat(lists.isStaged(grant.id())).isTrue();
        sql().update("DELETE FROM recipient WHERE grant_id = ?", grant.id());
        assertThat(lists.number(grant, () -> lists.holders(grant)).recipients()).isEqualTo(2);
    }

    @Test
    void aListWithoutARowHasNoRecipient() {
        var grant = grant(true);
        stage(grant, 1);

        assertThat(lists.number(grant, () -> lists.holders(grant))).isEqualTo(new GrantCounts(0, 0, 0, 0, 0));
    }

    @Test
    void recipientsAreReadByPagesWithinBounds() {
        var grant = grant(false);
        stage(grant, 1, "a", "b", "c", "d", "e");
        lists.number(grant, () -> lists.holders(grant));

        assertThat(lists.users(grant.id(), 2, 3)).containsExactly("b", "c");
        assertThat(lists.users(grant.id(), 5, 9)).containsExactly("e");
        assertThat(lists.users(grant.id(), 6, 9)).isEmpty();
        assertThat(lists.users(grant.id() + 1, 1, 9)).isEmpty();
    }

    /** Files of 1,000, 1,500 and 500 rows: pages end with a file, in the middle of one, and with the last row of all. */
    @Test
    void allRejectsAreReadInOrderWhateverThePages() {
        var grant = grant(false);
        var rows = new ArrayList<Object[]>();
        for (int source = 3; source >= 1; source--) {
            for (int row = source * 500 % 1500 + 500; row >= 1; row--) {
                rows.add(new Object[] {grant.id(), source, row});
            }
        }
        sql().batchUpdate("INSERT INTO reject VALUES (?, ?, ?, 'raw', 'coupons.user-id.empty', '{}', '{}')", rows);

        var read = rejects(grant);
        assertThat(read).hasSize(3000);
        assertThat(read)
                .isSortedAccordingTo(
                        java.util.Comparator.comparing(Reject::sourceNo).thenComparing(Reject::rowNo));
        assertThat(read).doesNotHaveDuplicates();
    }

    @Test
    void afterTheLastRejectThereIsNone() {
        var none = lists.rejectsOf(grant(false).id());

        assertThat(none).isExhausted();
        assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
    }

    private static Reject duplicate(int source, int row, String user, int firstRow, int firstSource) {
        return new Reject(
                source,
                row,
                user,
                "coupons.reject.duplicate",
                List.of(String.valueOf(firstRow), "file-" + firstSource + ".csv"),
                List.of(user, "it's, \"quoted\""));
    }

    private Grant grant(boolean skipHolders) {
        var draft = new GrantDraft(
                campaign.id(), 1, skipHolders, 0, false, UUID.randomUUID().toString(), false, false, 1000);
        var sources = IntStream.of(1, 2)
                .mapToObj(i -> GrantSource.fresh(i, "file-" + i + ".csv", "sha", 1, "key", null, null))
                .toList();
        var grant = the(Grants.class).receive(draft, sources, Books.OPERATOR);
        return grant;
    }

    private void stage(Grant grant, int source, String... users) {
        lists.createStaging(grant.id());
        for (int i = 0; i < users.length; i++) {
            sql().update(
                            "INSERT INTO " + Lists.stagingTable(grant.id()) + " VALUES (?, ?, ?, ARRAY[?, ?])",
                            source,
                            i + 1,
                            users[i],
                            users[i],
                            "it's, \"quoted\"");
        }
    }

    private static void reject(Grant grant, int source, int row, String raw) {
        sql().update(
                        "INSERT INTO reject VALUES (?, ?, ?, ?, 'coupons.user-id.empty', '{}', '{}')",
                        grant.id(),
                        source,
                        row,
                        raw);
    }

    private void hold(String user) {
        Books.issue(campaign, Books.fresh("X"), user, "GRANT", 0, 1);
    }

    private List<Reject> rejects(Grant grant) {
        var all = new ArrayList<Reject>();
        lists.rejectsOf(grant.id()).forEachRemaining(all::add);
        return all;
    }
}
