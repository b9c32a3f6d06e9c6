package io.largesse.coupons;

import static io.largesse.coupons.Books.count;
import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

class CouponTableTest {

    private static final String PARTITIONS =
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'coupon'::regclass AND inhrelid = to_regclass(?)";

    @Test
    void everyCampaignHasItsPartitionFromTheStartAcrossABorderOfFifty() {
        var campaigns = IntStream.range(0, 51)
                .mapToObj(i -> Books.campaign(Draft.saved()))
                .toList();

        assertThat(campaigns).anyMatch(c -> c.id() % 50 == 49).anyMatch(c -> c.id() % 50 == 0);
        for (var campaign : campaigns) {
            Books.issue(campaign, "code-" + campaign.id(), "user", "GRANT", 1, 1);
            var partition = "coupon_" + campaign.id() / 50 * 50;
            assertThat(count("SELECT count(*) FROM " + partition + " WHERE campaign_id = ?", campaign.id()))
                    .isEqualTo(1);
        }
    }

    @Test
    void aPartitionIsMadeOnceByManyAtOnce() throws Exception {
        var highest = count("SELECT max(split_part(inhrelid::regclass::text, '_', 2)::bigint) FROM pg_inherits"
                + " WHERE inhparent = 'coupon'::regclass AND inhrelid::regclass::text LIKE 'coupon\\_%'");
        // far from the ids of campaigns, so that none meets it
        var next = Math.max(highest, 1_000_000_000L) + 50;
        Together.run(8, i -> () -> the(CampaignMapper.class).ensurePartition(next + i * 6));

        assertThat(count(PARTITIONS, "coupon_" + next)).isEqualTo(1);
        assertThat(count(PARTITIONS, "coupon_" + (next + 50))).isZero();
        sql().execute("DROP TABLE coupon_" + next);
    }

    @Test
    void aCodeHasOneHolder() {
        var campaign = Books.campaign(Draft.saved());
        Books.issue(campaign, "code", "first", "GRANT", 1, 1);

        assertThatThrownBy(() -> Books.issue(campaign, "code", "second", "CLAIM", 2, 2))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("campaign_id_code_key");
    }

    @Test
    void aSourceGivesAUserEachOrdinalOnce() {
        var campaign = Books.campaign(Draft.saved());
        Books.issue(campaign, "code-1", "user", "GRANT", 1, 1);
        Books.issue(campaign, "code-2", "user", "GRANT", 1, 2);
        Books.issue(campaign, "code-3", "user", "GRANT", 2, 1);
        Books.issue(campaign, "code-4", "user", "CLAIM", 1, 1);
        Books.issue(campaign, "code-5", "User", "GRANT", 1, 1);

        assertThatThrownBy(() -> Books.issue(campaign, "code-6", "user", "GRANT", 1, 2))
                .isInstanceOf(DuplicateKeyException.class)
                .hasMessageContaining("user_id_campaign_id_source_kind_source_id_");
        assertThat(the(Coupons.class).count(campaign)).isEqualTo(5);
    }

    @Test
    void aCouponWithoutACampaignHasNoPlace() {
        assertThatThrownBy(() -> sql().update("""
                        INSERT INTO coupon (code, campaign_id, user_id, source_kind, source_id, ordinal, status,
                                            issued_at, valid_from, valid_to, face_value, updated_at)
                        VALUES ('c', 4000000000, 'u', 'GRANT', 1, 1, 'ISSUED', now(), now(), now(), 1, now())
                        """)).hasMessageContaining("no partition");
    }

    @Test
    void theStockHoldsInTheDatabaseItself() {
        var campaign = Books.campaign(Draft.saved().stock(10));
        Stream.of("generated = 11", "generated = -1", "voided = 1", "generated = 12, voided = 1", "stock = 0")
                .forEach(change -> assertThatThrownBy(
                                () -> sql().update("UPDATE campaign SET " + change + " WHERE id = ?", campaign.id()))
                        .as(change)
                        .hasMessageContaining("check constraint"));
        assertThat(sql().update("UPDATE campaign SET generated = 12, voided = 2 WHERE id = ?", campaign.id()))
                .isEqualTo(1);
    }

    @Test
    void aUsersCouponsAndTheCouponOfACodeAreFound() {
        var campaign = Books.campaign(Draft.saved());
        var grant = Books.grant(campaign, 1, false);
        var user = Books.fresh("user");
        Books.issue(campaign, "code-1", user, "GRANT", grant.id(), 1);
        Books.issue(campaign, "code-2", user, "GRANT", grant.id(), 2);

        var coupons = the(Coupons.class).ofUser(" " + user + " ");
        assertThat(coupons).extracting(Coupon::code).containsExactlyInAnyOrder("code-1", "code-2");
        assertThat(coupons)
                .allMatch(c ->
                        c.campaign().equals(campaign.name()) && c.currency().equals("CNY"));
        assertThat(the(Coupons.class).countOfGrant(grant)).isEqualTo(2);
    }
}
