package io.largesse.coupons;

import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Draft.draft;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CampaignDraftTest {

    private static final Instant OPENS = draft().opensAt;

    static Stream<Arguments> wrongDrafts() {
        return Stream.of(
                wrong("coupons.name", d -> d.name = "Summer"),
                wrong("coupons.name", d -> d.name = ""),
                wrong("coupons.name", d -> d.name = "s".repeat(64)),
                wrong("coupons.name", d -> d.name = "summer\n"),
                wrong("coupons.campaign.business", d -> d.business = "summer"),
                wrong("coupons.campaign.business", d -> d.business = "S"),
                wrong("coupons.campaign.business", d -> d.business = "1SUMMER"),
                wrong("coupons.campaign.business", d -> d.business = "SUMMER-1"),
                wrong("coupons.campaign.business", d -> d.business = "SUMMERSUMMER1"),
                wrong("coupons.campaign.stock", d -> d.stock = 0),
                wrong("coupons.campaign.stock", d -> d.stock = -1),
                wrong("coupons.campaign.stock", d -> d.stock = CampaignDraft.MOST_STOCK + 1),
                wrong("coupons.campaign.window", d -> d.closesAt = OPENS),
                wrong("coupons.campaign.window", d -> d.closesAt = OPENS.minusSeconds(1)),
                wrong("coupons.campaign.claim-limit", d -> d.claimLimit = -1),
                wrong("coupons.campaign.validity", d -> d.valid(null, null, null)),
                wrong("coupons.campaign.validity", d -> d.valid(OPENS, null, null)),
                wrong("coupons.campaign.validity", d -> d.valid(null, OPENS.plusSeconds(1), null)),
                wrong("coupons.campaign.validity", d -> d.valid(OPENS, OPENS.plusSeconds(1), 30)),
                wrong("coupons.campaign.validity", d -> d.valid(OPENS, null, 30)),
                wrong("coupons.campaign.valid-days", d -> d.validDays = 0),
                wrong("coupons.campaign.valid-days", d -> d.validDays = 3661),
                wrong("coupons.campaign.valid-to", d -> d.valid(OPENS.plusSeconds(1), OPENS.plusSeconds(1), null)),
                wrong("coupons.campaign.valid-to", d -> d.valid(OPENS.plusSeconds(2), OPENS.plusSeconds(1), null)),
                wrong("coupons.campaign.valid-to", d -> d.valid(OPENS.minusSeconds(9), OPENS, null)),
                wrong("coupons.campaign.pattern", d -> d.userIdPattern = "U[0-9"),
                wrong("coupons.campaign.pattern", d -> d.userIdPattern = "*"));
    }

    static Stream<Arguments> rightDrafts() {
        return Stream.of(
                right(d -> d.name = "s".repeat(63)),
                right(d -> d.business = "S1"),
                right(d -> d.business = "SUMMERSUMMER"),
                right(d -> d.stock = 1),
                right(d -> d.stock = CampaignDraft.MOST_STOCK),
                right(d -> d.closesAt = OPENS.plusNanos(1)),
                right(d -> d.claimLimit = 0),
                right(d -> d.validDays = 1),
                right(d -> d.validDays = 3660),
                right(d -> d.valid(OPENS.minusSeconds(9), OPENS.plusNanos(1), null)),
                right(d -> d.userIdPattern = "U[0-9]+"));
    }

    @ParameterizedTest
    @MethodSource("wrongDrafts")
    void aDraftThatIsNoCampaignIsRefused(String code, Consumer<Draft> change) {
        var draft = draft();
        change.accept(draft);

        assertRefused(code, draft::build);
    }

    @ParameterizedTest
    @MethodSource("rightDrafts")
    void aDraftAtTheEdgeIsACampaign(Consumer<Draft> change) {
        var draft = draft();
        change.accept(draft);

        assertThat(draft.build().name()).isEqualTo(draft.name);
    }

    @Test
    void aRefusalTellsTimesInTheCampaignsZone() {
        var draft = draft();
        draft.closesAt = OPENS;

        assertThat(org.assertj.core.api.Assertions.catchThrowable(draft::build))
                .hasMessageContaining("2026-01-01T08:00+08:00[Asia/Shanghai]");
    }

    private static Arguments wrong(String code, Consumer<Draft> change) {
        return Arguments.of(code, change);
    }

    private static Arguments right(Consumer<Draft> change) {
        return Arguments.of(change);
    }
}
