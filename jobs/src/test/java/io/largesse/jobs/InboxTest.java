package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.GrantState;
import io.largesse.coupons.RunState;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lists in the inbox: those that may be granted are, the others are refused with words, and what is no list stays. */
class InboxTest extends Inboxes {

    @Test
    void aCompleteListIsGrantedAndMovedWithItsReport() {
        var campaign = open(1_000, 500);
        put(campaign, "用户 1.csv", Node.list(300, "x1", "U000007"));
        put(key(campaign, "growing.csv"), Node.list(20));

        takeAll(campaign);

        var grant = grants(campaign).get(0);
        var moved = "done/" + campaign.name() + "/grant-" + grant.id() + "-用户 1.csv";
        assertThat(grant.state()).isEqualTo(GrantState.DONE);
        assertThat(coupons(campaign)).isEqualTo(300);
        assertThat(done(campaign)).containsExactlyInAnyOrder(moved, moved + ".report.xlsx");
        assertThat(content(moved)).startsWith("user_id\nU000001\n").endsWith("x1\nU000007\n");
        assertThat(inbox(campaign)).as("not complete").containsExactly(key(campaign, "growing.csv"));
        assertThat(grants(campaign)).hasSize(1);

        takeAll(campaign);
        put(campaign, "用户 1.csv", Node.list(10));
        assertThat(takeAll(campaign)).isEqualTo("lists granted: 1, refused: 0, waiting: 0");

        assertThat(done(campaign)).as("of the same name").hasSize(4);
        assertThat(coupons(campaign)).isEqualTo(310);
        requireConserved(campaign);
    }

    /** One run, and a good list behind the bad ones. */
    @Test
    void aListThatMayNotBeGrantedIsRefusedWithWordsAndKeepsNoOtherFromIt() {
        var closed = campaign(100);
        var paused = open(100, 100);
        node.bean(Campaigns.class).pause(paused, Node.operator());
        var campaign = open(100, 60);
        var bad = IntStream.range(0, 30).mapToObj(i -> "bad" + i).toArray(String[]::new);
        put(closed, "a.csv", Node.list(10));
        put(paused, "a.csv", Node.list(10));
        putMarked("inbox/no-such-campaign/a.csv", Node.list(10));
        put(campaign, "a.xlsx", file("this is no workbook"));
        put(campaign, "b.csv", Node.list(10, bad));
        put(campaign, "c.csv", Node.list(61, "x1"));
        put(campaign, "d.csv", Node.list(60));
        put(campaign, "e.csv", Node.list(60));
        put(campaign, "f.csv", Node.list(59));

        takeAll(null);

        assertThat(reason(closed.name(), "a.csv"))
                .contains("takes no lists", "--inbox-most N", "largesse grant start " + closed.name() + " FILE");
        assertThat(reason(paused.name(), "a.csv")).contains("PAUSED", "put the list into the inbox again");
        assertThat(reason("no-such-campaign", "a.csv")).contains("there is no campaign");
        assertThat(reason(campaign.name(), "a.xlsx")).contains("a.xlsx");
        assertThat(reason(campaign.name(), "b.csv")).contains("30 of 40 rows were rejected");
        assertThat(names("refused/" + campaign.name() + "/").stream().filter(n -> n.endsWith("b.csv.report.xlsx")))
                .as("the rejected rows")
                .hasSize(1);
        var above = grants(campaign).stream()
                .filter(g -> g.state() == GrantState.CHECKED)
                .findFirst()
                .orElseThrow();
        assertThat(reason(campaign.name(), "c.csv"))
                .contains("61 coupons", "more than the 60", "largesse grant start --checked " + above.id());
        var first = grants(campaign).stream()
                .filter(g -> g.state() == GrantState.DONE)
                .findFirst()
                .orElseThrow();
        assertThat(reason(campaign.name(), "e.csv")).contains("granted already: grant " + first.id());
        assertThat(reason(campaign.name(), "f.csv")).contains("59 codes", "19 too few");
        assertThat(done(campaign)).hasSize(2).allMatch(name -> name.contains("grant-" + first.id() + "-d.csv"));
        assertThat(coupons(campaign)).isEqualTo(60);
        assertThat(List.of(inbox(campaign), inbox(closed), inbox(paused))).allMatch(List::isEmpty);
        assertThat(node.count("SELECT count(*) FROM allotment b JOIN coupon_grant g ON g.id = b.grant_id"
                        + " WHERE g.campaign_id = " + campaign.id()))
                .isZero();
        requireConserved(campaign);

        var generated = node.codes().generateToLevel(campaignOfMore(campaign.id()), 61, Node.operator(), p -> {});
        assertThat(generated.state()).isEqualTo(RunState.DONE);
        assertThat(node.grants().issue(above.id(), Node.operator(), p -> {}).state())
                .as("by an operator's word, what was checked")
                .isEqualTo(RunState.DONE);
        assertThat(coupons(campaign)).isEqualTo(121);
    }

    @Test
    void whatIsNoListIsLeftWhereItIs() {
        var campaign = open(100, 100);
        var list = Node.list(5);
        var odd = List.of(
                key(campaign, "sub/a.csv"),
                key(campaign, "a\u0007b.csv"),
                key(campaign, "a\u202Eb.csv"),
                key(campaign, "x.csv.done"),
                key(campaign, "n".repeat(201)));
        odd.forEach(name -> putMarked(name, list));
        put(key(campaign, "alone.csv.done"), file(""));
        var before = inbox(campaign);

        assertThat(takeAll(campaign))
                .contains("alone.csv.done says that a list is complete", "left where they are as well: 3")
                .doesNotContain("\u0007", "\u202E", "lists granted");

        assertThat(before).hasSize(2 * odd.size() + 1);
        assertThat(inbox(campaign)).isEqualTo(before);
        assertThat(grants(campaign)).isEmpty();
        assertThat(InboxName.of("inbox/summer/../a")).isEmpty();
        assertThat(InboxName.of("inbox/../a")).isEmpty();
        assertThat(InboxName.of("inbox/summer/")).isEmpty();
        assertThat(InboxName.of("inbox//a")).isEmpty();
        assertThat(InboxName.of("inbox/a")).isEmpty();
        assertThat(InboxName.of("outbox/summer/a")).isEmpty();
    }

    private static io.largesse.coupons.Campaign campaignOfMore(long id) {
        var campaigns = node.bean(Campaigns.class);
        var more = new io.largesse.coupons.CampaignChange(200L, null, null, null, null);
        return campaigns.edit(campaigns.byId(id), more, Node.operator());
    }

    private static String reason(String campaign, String file) {
        var reports = names("refused/" + campaign + "/").stream()
                .filter(name -> name.endsWith("-" + file + ".report.txt"))
                .toList();
        assertThat(reports).as(campaign + " " + file).isNotEmpty();
        return content(reports.get(reports.size() - 1));
    }
}
