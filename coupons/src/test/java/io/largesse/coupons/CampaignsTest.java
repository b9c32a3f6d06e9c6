package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static io.largesse.coupons.Draft.saved;
import static io.largesse.coupons.Draft.worth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignsTest {

    private static final Instant LATER = Instant.parse("2100-01-01T00:00:00Z");

    private final Campaigns campaigns = the(Campaigns.class);

    @Test
    void whatWasCreatedIsRead() {
        var draft = saved().business("WINTER").budget(1_000_000L).build();
        var created = campaigns.create(draft, OPERATOR);

        assertThat(created.generated()).isZero();
        assertThat(created.status()).isEqualTo(CampaignStatus.ACTIVE);
        assertThat(created.zone()).isEqualTo(draft.zone());
        assertThat(created.opensAt()).isEqualTo(draft.opensAt());
        assertThat(created.budget()).isEqualTo(1_000_000L);
        assertThat(campaigns.byName(draft.name())).isEqualTo(created);
        assertThat(campaigns.byId(created.id())).isEqualTo(created);
        assertThat(campaigns.templateOf(created).reference()).isEqualTo(draft.template());
    }

    @Test
    void aCampaignKeepsTheVersionItWasMadeWith() {
        var name = Books.fresh("pinned");
        var ten = Money.ofMinor(1000, "CNY");
        var twenty = Money.ofMinor(2000, "CNY");
        var draft = Draft.draft();
        draft.template = Draft.template(name, new Benefit.AmountOff(ten, ten));
        var campaign = Books.campaign(draft);
        Draft.template(name, new Benefit.AmountOff(twenty, twenty));

        assertThat(campaigns.templateOf(campaign).benefit().faceValue()).isEqualTo(ten);
    }

    @Test
    void ofCampaignsCreatedAtOnceUnderOneNameOneIsCreated() throws Exception {
        var draft = saved().build();
        var created = Together.run(8, i -> () -> {
            try {
                return campaigns.create(draft, OPERATOR).id();
            } catch (RefusedException e) {
                return e.why().code().equals("coupons.campaign.exists") ? 0L : -1L;
            }
        });

        assertThat(created).filteredOn(id -> id > 0).hasSize(1);
        assertThat(created).filteredOn(id -> id == 0).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 1000, 1000000, true",
        "1001, 1000, 1000000, false",
        "1000, 1000,  999999, false",
        "1, 9223372036854775807, 9223372036854775807, true",
        "2, 9223372036854775807, 9223372036854775807, false",
        // the products of these need 64 bits, 65 bits and more
        "1000000000, 10000000000, 9223372036854775807, false",
        "1000000000, 18446744074, 9223372036854775807, false",
        "1000000000, 9223372036854775807, 9223372036854775807, false",
        "1000000000, 9223372036, 9223372036000000000, true"
    })
    void stockTimesFaceValueNeverExceedsTheBudget(long stock, long face, long budget, boolean fits) {
        var draft = worth(face).stock(stock).budget(budget);
        if (fits) {
            assertThat(Books.campaign(draft).budget()).isEqualTo(budget);
        } else {
            assertRefused("coupons.campaign.budget", () -> Books.campaign(draft));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, coupons.campaign.budget", "-1, coupons.money.negative"})
    void aBudgetIsMoreThanZero(long budget, String code) {
        assertRefused(code, () -> Books.campaign(saved().stock(1).budget(budget)));
    }

    @Test
    void anEditTopsUpAndExtendsAndIsOnRecordWithBothSides() {
        var campaign = Books.campaign(saved().stock(100).budget(200_000L));
        var edited = campaigns.edit(campaign, new CampaignChange(150L, LATER, null, 300_000L, 20L), OPERATOR);

        assertThat(edited.stock()).isEqualTo(150);
        assertThat(edited.closesAt()).isEqualTo(LATER);
        assertThat(edited.budget()).isEqualTo(300_000L);
        assertThat(edited.validDays()).isEqualTo(30);
        assertThat(edited.inboxMost()).isEqualTo(20);
        var entries = the(AuditTrail.class).of("campaign " + campaign.name());
        assertThat(entries).extracting(AuditEntry::what).containsExactly("campaign.create", "campaign.edit");
        assertThat(entries)
                .allMatch(e -> e.actor().equals("operator") && e.requestId().equals("request-1"));
        assertThat(entries.get(0).before()).isNull();
        assertThat(entries.get(0).after()).contains("\"stock\": 100");
        assertThat(entries.get(1).before()).isEqualTo(entries.get(0).after());
        assertThat(entries.get(1).after()).contains("\"stock\": 150", "\"budget\": 300000", "2100-01-01");
    }

    @Test
    void listsFromTheInboxAreLetInAndShutOut() {
        var campaign = Books.campaign(saved().stock(100));
        assertThat(campaign.inboxMost()).isNull();
        assertRefused("coupons.campaign.inbox", () -> inbox(campaign, -1));
        assertRefused("coupons.campaign.inbox", () -> inbox(campaign, CampaignDraft.MOST_STOCK + 1));
        assertThat(inbox(campaign, 5).inboxMost()).isEqualTo(5);
        assertThat(edit(campaign, 99L, null, null, null).inboxMost())
                .as("left as it is")
                .isEqualTo(5);
        assertThat(inbox(campaign, 0).inboxMost()).isNull();
    }

    private Campaign inbox(Campaign campaign, long most) {
        return campaigns.edit(campaign, new CampaignChange(null, null, null, null, most), OPERATOR);
    }

    @Test
    void anEditMayShortenTheStockToWhatIsGeneratedAndNoFurther() {
        var campaign = Books.campaign(saved().stock(100));
        the(CodeRanges.class).reserve(campaign, 60, Books.run());

        assertRefused("coupons.campaign.stock-below", () -> edit(campaign, 59L, null, null, null));
        assertRefused(
                "coupons.campaign.stock-below", () -> edit(campaign, CampaignDraft.MOST_STOCK + 1, null, null, null));
        assertThat(edit(campaign, 60L, null, null, null).ungenerated()).isZero();
    }

    @Test
    void anEditThatWouldNotLeaveASoundCampaignChangesNothing() {
        var opens = Draft.draft().opensAt;
        var fixed = Books.campaign(
                saved().valid(opens.minusSeconds(60), LATER, null).stock(10).budget(10_000L));
        var counted = Books.campaign(saved().stock(10));

        assertRefused("coupons.campaign.window", () -> edit(fixed, null, opens, null, null));
        assertRefused("coupons.campaign.budget", () -> edit(fixed, 11L, null, null, null));
        assertRefused("coupons.campaign.budget", () -> edit(fixed, null, null, null, 9_999L));
        assertRefused("coupons.campaign.valid-to", () -> edit(fixed, null, null, opens.minusSeconds(60), null));
        assertRefused("coupons.campaign.valid-to", () -> edit(fixed, null, null, opens, null));
        assertRefused("coupons.campaign.valid-to", () -> edit(counted, null, null, LATER, null));
        assertThat(List.of(campaigns.byId(fixed.id()), campaigns.byId(counted.id())))
                .containsExactly(fixed, counted);
        assertThat(the(AuditTrail.class).of("campaign " + fixed.name())).hasSize(1);
    }

    @Test
    void anEndedCampaignStaysAsItIs() {
        var ended = campaigns.end(Books.campaign(saved()), OPERATOR);

        assertRefused("coupons.campaign.not-active", () -> edit(ended, 2000L, null, null, null));
        assertRefused("coupons.campaign.move", () -> campaigns.resume(ended, OPERATOR));
        assertRefused("coupons.campaign.move", () -> campaigns.pause(ended, OPERATOR));
        assertRefused("coupons.campaign.move", () -> campaigns.end(ended, OPERATOR));
        assertThat(campaigns.byId(ended.id())).isEqualTo(ended);
    }

    @Test
    void aMoveIsOnRecord() {
        var campaign = Books.campaign(saved());
        campaigns.resume(campaigns.pause(campaign, OPERATOR), OPERATOR);

        var entries = the(AuditTrail.class).of("campaign " + campaign.name());
        assertThat(entries)
                .extracting(AuditEntry::what)
                .containsExactly("campaign.create", "campaign.pause", "campaign.resume");
        assertThat(entries.get(1).before()).contains("\"status\": \"ACTIVE\"");
        assertThat(entries.get(1).after()).contains("\"status\": \"PAUSED\"");
    }

    @Test
    void theRecordNeverChanges() {
        var campaign = Books.campaign(saved());
        var subject = "campaign " + campaign.name();

        assertThatThrownBy(() -> sql().update("UPDATE audit SET actor = 'x' WHERE subject = ?", subject))
                .hasMessageContaining("audit rows never change");
        assertThatThrownBy(() -> sql().update("DELETE FROM audit WHERE subject = ?", subject))
                .hasMessageContaining("audit rows never change");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertRefused("coupons.campaign.unknown", () -> campaigns.byName("no-such-campaign"));
        assertRefused(
                "coupons.template.unknown", () -> campaigns.create(Draft.draft().build(), OPERATOR));
    }

    private Campaign edit(Campaign campaign, Long stock, Instant closesAt, Instant validTo, Long budget) {
        return campaigns.edit(campaign, new CampaignChange(stock, closesAt, validTo, budget, null), OPERATOR);
    }
}
