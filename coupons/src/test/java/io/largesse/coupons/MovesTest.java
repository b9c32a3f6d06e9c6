package io.largesse.coupons;

import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The legal moves once more, as a table by itself: a change of the code alone does not pass. */
class MovesTest {

    private static final Map<CampaignStatus, Set<CampaignStatus>> CAMPAIGN = Map.of(
            CampaignStatus.ACTIVE, Set.of(CampaignStatus.PAUSED, CampaignStatus.ENDED),
            CampaignStatus.PAUSED, Set.of(CampaignStatus.ACTIVE, CampaignStatus.ENDED),
            CampaignStatus.ENDED, Set.of());

    private static final Map<GrantState, Set<GrantState>> GRANT = Map.of(
            GrantState.RECEIVED, Set.of(GrantState.CHECKED, GrantState.STOPPED, GrantState.FAILED, GrantState.REFUSED),
            GrantState.CHECKED, Set.of(GrantState.APPROVED, GrantState.REFUSED),
            GrantState.APPROVED, Set.of(GrantState.RUNNING, GrantState.REFUSED),
            GrantState.RUNNING, Set.of(GrantState.DONE, GrantState.STOPPED, GrantState.FAILED, GrantState.REFUSED),
            GrantState.STOPPED, Set.of(GrantState.RECEIVED, GrantState.RUNNING, GrantState.REVOKING),
            GrantState.FAILED, Set.of(GrantState.RECEIVED, GrantState.RUNNING, GrantState.REVOKING),
            GrantState.DONE, Set.of(GrantState.REVOKING),
            GrantState.REFUSED, Set.of(),
            GrantState.REVOKING, Set.of(GrantState.REVOKED),
            GrantState.REVOKED, Set.of());

    @ParameterizedTest
    @EnumSource
    void theDatabaseMovesACampaignOnlyAsTheTableSays(CampaignStatus to) {
        var id = Books.campaign(Draft.saved()).id();
        for (var from : CampaignStatus.values()) {
            sql().update("UPDATE campaign SET status = ? WHERE id = ?", from.name(), id);
            var legal = CAMPAIGN.get(from).contains(to);

            assertThat(the(CampaignMapper.class).move(id, to.from(), to))
                    .as("%s to %s", from, to)
                    .isEqualTo(legal ? 1 : 0);
            assertThat(the(Campaigns.class).byId(id).status()).isEqualTo(legal ? to : from);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theDatabaseMovesAGrantOnlyAsTheTableSays(GrantState to) {
        var grants = the(Grants.class);
        var id = Books.grant(Books.campaign(Draft.saved()), 1, false).id();
        for (var from : GrantState.values()) {
            sql().update("UPDATE coupon_grant SET state = ? WHERE id = ?", from.name(), id);
            var legal = GRANT.get(from).contains(to);

            assertThat(grants.move(id, to)).as("%s to %s", from, to).isEqualTo(legal);
            assertThat(grants.find(id).state()).isEqualTo(legal ? to : from);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunMayGoOnWithAGrantThatRunsAlready(GrantState from) {
        var grants = the(Grants.class);
        var id = Books.grant(Books.campaign(Draft.saved()), 1, false).id();
        sql().update("UPDATE coupon_grant SET state = ? WHERE id = ?", from.name(), id);

        assertThat(grants.running(id))
                .isEqualTo(from == GrantState.RUNNING || GRANT.get(from).contains(GrantState.RUNNING));
    }

    @Test
    void ofMovesAtOnceOneIsMade() throws Exception {
        var grants = the(Grants.class);
        var id = Books.grant(Books.campaign(Draft.saved()), 1, false).id();

        assertThat(Together.run(8, i -> () -> grants.move(id, GrantState.CHECKED)))
                .containsOnlyOnce(true)
                .hasSize(8);
    }
}
