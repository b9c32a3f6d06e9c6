package io.largesse.coupons;

import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class IssuePartsTest {

    private final IssueParts parts = the(IssueParts.class);
    private final Campaign campaign = Books.campaign(Draft.saved());
    private final Grant grant = Books.grant(campaign, 2, false);
    private final List<IssuePart> fresh = List.of(new IssuePart(1, 1, 4, 1), new IssuePart(2, 5, 8, 5));

    @Test
    void aPartMovesOnOnlyFromWhereItIs() {
        parts.begin(grant.id(), fresh);
        parts.advance(grant.id(), 2, 5, 7);

        assertThatThrownBy(() -> parts.advance(grant.id(), 2, 5, 7)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> parts.advance(grant.id(), 2, 7, 10))
                .as("beyond its end")
                .isInstanceOf(RuntimeException.class);
        assertThat(parts.issued(grant.id())).isEqualTo(2);
        assertThat(parts.of(grant.id())).containsExactly(new IssuePart(1, 1, 4, 1), new IssuePart(2, 5, 8, 7));
    }

    @Test
    void whatAVersionWithoutPartsHasIssuedIsToldByItsCoupons() {
        recipients("a", "b", "c", "d");
        issue("a", 1);
        issue("a", 2);
        issue("b", 1);

        parts.beginFromCoupons(grant, fresh);

        assertThat(parts.of(grant.id())).containsExactly(new IssuePart(1, 1, 4, 4), new IssuePart(2, 5, 8, 5));
    }

    @Test
    void aHoleInWhatWasIssuedIsNotGuessedOver() {
        recipients("a", "b", "c", "d");
        issue("a", 2);

        assertThatThrownBy(() -> parts.beginFromCoupons(grant, fresh)).isInstanceOf(IllegalStateException.class);
        assertThat(parts.of(grant.id())).isEmpty();
    }

    private void recipients(String... users) {
        for (int i = 0; i < users.length; i++) {
            sql().update("INSERT INTO recipient VALUES (?, ?, 1, ?, ?)", grant.id(), i + 1, i + 2, users[i]);
        }
    }

    private void issue(String user, int ordinal) {
        Books.issue(campaign, "code-" + user + ordinal, user, "GRANT", grant.id(), ordinal);
    }
}
