package io.largesse.coupons;

import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AllotmentsTest {

    private final Allotments allotments = the(Allotments.class);
    private final Campaign campaign = Books.campaign(Draft.saved());
    private final Grant grant = Books.grant(campaign, 1, false);
    private final long id = grant.id();

    @Test
    void positionsAreGaplessOverAllBlocks() {
        addBlocks();

        assertThat(allotments.count(id)).isEqualTo(16);
        assertThat(positions()).isEqualTo(LongStream.rangeClosed(1, 16).boxed().toList());
        assertThat(allotments.codes(id, 1, 16))
                .containsExactlyInAnyOrderElementsOf(
                        sql().queryForList("SELECT code FROM allotment WHERE grant_id = ?", String.class, id));
    }

    @Test
    void everySliceIsThatOfTheWholeAcrossTheBordersOfBlocks() {
        addBlocks();
        var all = allotments.codes(id, 1, 16);

        assertThat(all).hasSize(16).doesNotHaveDuplicates();
        for (int from = 1; from <= 16; from++) {
            for (int to = from; to <= 17; to++) {
                assertThat(allotments.codes(id, from, to))
                        .as("%d to %d", from, to)
                        .isEqualTo(all.subList(from - 1, Math.min(to, 16)));
            }
        }
        assertThat(allotments.codes(id, 17, 20)).isEmpty();
        assertThat(allotments.codes(id, 3, 2)).isEmpty();
    }

    @Test
    void codesWithoutPositionAreNobodysYet() {
        allotments.add(id, new AllotmentBlock(0, 1, List.of("a")));

        assertThat(allotments.codes(id, 1, 10)).isEmpty();
    }

    @Test
    void freshCodesTakeThePlacesOfUsedOnesAndMoveNoOther() {
        addBlocks();
        var before = allotments.codes(id, 1, 16);
        var victims = List.of(before.get(0), before.get(6), before.get(15));
        victims.forEach(code -> Books.issue(campaign, code, "holder-of-" + code, "CLAIM", 1, 1));
        beginParts(1);

        var used = allotments.used(grant, 100);
        assertThat(used).extracting(UsedCode::code).containsExactlyInAnyOrderElementsOf(victims);
        allotments.replace(id, used.subList(0, 2), new AllotmentBlock(1, 9, List.of("fresh-1", "fresh-2")));
        allotments.replace(id, used.subList(2, 3), new AllotmentBlock(2, 9, List.of("fresh-3")));

        var expected = new ArrayList<>(before);
        for (int i = 0; i < 3; i++) {
            expected.set(expected.indexOf(used.get(i).code()), "fresh-" + (i + 1));
        }
        assertThat(allotments.codes(id, 1, 16)).isEqualTo(expected);
        assertThat(allotments.count(id)).isEqualTo(16);
        assertThat(positions()).isEqualTo(LongStream.rangeClosed(1, 16).boxed().toList());
        assertThat(allotments.used(grant, 100)).isEmpty();
        assertThat(allotments.lastBlock(id, 1)).isEqualTo(9);
        assertThat(allotments.lastBlock(id, 2)).isEqualTo(9);
    }

    @Test
    void codesAreDealtInTheirOwnOrderAndBlocksKeepTheirSizes() {
        addBlocks();

        assertThat(allotments.codes(id, 1, 16)).isSorted();
        assertThat(sql().queryForList(
                                "SELECT cardinality(codes) FROM allotment_block WHERE grant_id = ? ORDER BY shard, block_no",
                                Integer.class,
                                id))
                .containsExactly(5, 3, 3, 0, 4, 1);
    }

    @Test
    void aCodeYetToBeIssuedThatIsACouponIsUsedWhoeverHasIt() {
        allotments.add(id, new AllotmentBlock(0, 1, List.of("a-issued", "b-own", "c-claimed", "d-free", "e-single")));
        allotments.arrange(id);
        var other = Books.campaign(Draft.saved());
        Books.issue(campaign, "a-issued", "u", "GRANT", id, 1);
        Books.issue(campaign, "b-own", "v", "GRANT", id, 1);
        Books.issue(campaign, "c-claimed", "u", "CLAIM", id, 1);
        Books.issue(campaign, "e-single", "u", "SINGLE", 1, 1);
        Books.issue(other, "d-free", "u", "CLAIM", 1, 1);
        beginParts(2);

        assertThat(allotments.used(grant, 100))
                .containsExactly(
                        new UsedCode(0, 1, 2, "b-own"),
                        new UsedCode(0, 1, 3, "c-claimed"),
                        new UsedCode(0, 1, 5, "e-single"));
        assertThat(allotments.used(grant, 2)).hasSize(2);
    }

    @Test
    void ofACodeThatCameTwiceTheFirstPlaceKeepsIt() {
        allotments.add(id, new AllotmentBlock(0, 1, List.of("a", "b")));
        allotments.add(id, new AllotmentBlock(1, 1, List.of("b", "c", "b")));

        assertThat(allotments.arrange(id)).isEqualTo(2);
        beginParts(1);

        assertThat(allotments.codes(id, 1, 5)).containsExactly("a", "b", "b", "b", "c");
        assertThat(allotments.used(grant, 100)).isEmpty();
        assertThat(allotments.repeated(grant, 100)).extracting(UsedCode::code).containsExactly("b", "b");
        allotments.replace(id, allotments.repeated(grant, 100), new AllotmentBlock(2, 1, List.of("x", "y")));
        assertThat(allotments.codes(id, 1, 5)).containsExactly("a", "b", "x", "y", "c");
        assertThat(allotments.repeated(grant, 100)).isEmpty();
    }

    /** Only one of the two may give way, or the code would be in nobody's books. */
    @Test
    void ofTwoGrantsWithTheSameCodeTheLaterGivesWay() {
        allotments.add(id, new AllotmentBlock(0, 1, List.of("a", "b")));
        allotments.arrange(id);
        beginParts(1);
        var later = Books.grant(campaign, 1, false);
        allotments.add(later.id(), new AllotmentBlock(0, 1, List.of("b", "c")));
        allotments.arrange(later.id());
        the(IssueParts.class).begin(later.id(), List.of(new IssuePart(1, 1, 2, 1)));

        assertThat(allotments.used(grant, 100)).isEmpty();
        assertThat(allotments.used(later, 100)).containsExactly(new UsedCode(0, 1, 1, "b"));
    }

    @Test
    void codesThatGoBackCountNoMoreAndTheirBlocksAreUsedUp() {
        addBlocks();
        var all = allotments.count(id);
        assertThat(all).isPositive();
        assertThat(allotments.lockToGiveBack(id)).isNull();

        allotments.giveBackUnissued(grant);
        assertThat(allotments.count(id)).isZero();
        var first = allotments.lockToGiveBack(id);
        assertThat(first).isEqualTo(new AllotmentBlock(0, 1, codes(0, 1, 5)));
        allotments.givenBack(id, first);
        assertThat(allotments.lockToGiveBack(id)).isNotEqualTo(first);
        assertThat(allotments.lastBlock(id, 0)).isPositive();

        var left = allotments.onTheirWayBack(id);
        allotments.clear(id);
        assertThat(allotments.onTheirWayBack(id)).as("what is yet to go back").isEqualTo(left);
        assertThat(allotments.isArranged(id)).as("by blocks that go back").isFalse();
        for (var next = allotments.lockToGiveBack(id); next != null; next = allotments.lockToGiveBack(id)) {
            allotments.givenBack(id, next);
        }
        allotments.clear(id);
        assertThat(allotments.lastBlock(id, 0)).isZero();
    }

    @Test
    void aCodeThatHasBecomeACouponDoesNotGoBack() {
        allotments.add(id, new AllotmentBlock(0, 1, List.of("a", "b", "c")));
        Books.issue(campaign, "b", "u", "CLAIM", 1, 1);

        allotments.giveBackUnissued(grant);

        assertThat(allotments.lockToGiveBack(id)).isEqualTo(new AllotmentBlock(0, 1, List.of("a", "c")));
    }

    @Test
    void theCodesOfOtherGrantsAreNotSeen() {
        addBlocks();
        var other = Books.grant(campaign, 1, false);
        allotments.add(other.id(), new AllotmentBlock(0, 1, List.of("other")));
        allotments.arrange(other.id());

        assertThat(allotments.codes(other.id(), 1, 100)).containsExactly("other");
        assertThat(allotments.count(id)).isEqualTo(16);
        assertThat(allotments.codes(id, 1, 100)).hasSize(16).doesNotContain("other");
    }

    /** As three shards give them, in no order, with a block that was emptied. */
    private void addBlocks() {
        allotments.add(id, new AllotmentBlock(2, 1, codes(2, 1, 1)));
        allotments.add(id, new AllotmentBlock(0, 1, codes(0, 1, 5)));
        allotments.add(id, new AllotmentBlock(0, 2, codes(0, 2, 3)));
        allotments.add(id, new AllotmentBlock(1, 1, List.of()));
        allotments.add(id, new AllotmentBlock(0, 10, codes(0, 10, 3)));
        allotments.add(id, new AllotmentBlock(1, 2, codes(1, 2, 4)));
        allotments.arrange(id);
    }

    /** All codes in one part, of which the positions before {@code next} are issued. */
    private void beginParts(long next) {
        the(IssueParts.class).begin(id, List.of(new IssuePart(1, 1, allotments.count(id), next)));
    }

    private static List<String> codes(int shard, int block, int n) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> "code-" + shard + "-" + block + "-" + i)
                .toList();
    }

    private List<Long> positions() {
        return sql().queryForList("SELECT position FROM allotment WHERE grant_id = ? ORDER BY 1", Long.class, id);
    }
}
