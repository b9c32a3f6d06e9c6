package io.largesse.coupons;

import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserTrailsTest {

    private static final List<String> USERS =
            List.of("B", "_", "a-1", "a10", "a9", "b", "é", "张三", "\uFF5E", "\uD83D\uDE00");

    private final UserTrails trails = the(UserTrails.class);
    private final Campaign campaign = Books.campaign(Draft.saved());

    /** The first and the last, and in an order that is neither a language's nor that of UTF-16; numbers may be missing. */
    @Test
    void everyRecipientIsFoundByHalvingAndNobodyElse() {
        var grant = Books.grant(campaign, 1, false);
        IntStream.range(0, USERS.size()).forEach(i -> sql().update(
                        "INSERT INTO recipient VALUES (?, ?, 1, ?, ?)", grant.id(), i * 3 + 2, i, USERS.get(i)));

        for (int i = 0; i < USERS.size(); i++) {
            assertThat(seq(grant, USERS.get(i))).as(USERS.get(i)).isEqualTo(i * 3 + 2L);
            assertThat(seq(grant, USERS.get(i) + "\u0001")).isNull();
        }
        assertThat(seq(grant, "A")).isNull();
        assertThat(seq(Books.grant(campaign, 1, false), "A")).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "U1",
                " U1\t",
                "\u3000Ｕ１\u00A0",
                "a b",
                "ﬁ",
                "\u2028x\u2029",
                "é",
                "e\u0301",
                "\u200Bx",
                "",
                "김",
                "=cmd|' /C'!A0"
            })
    void theDatabaseReadsAnIdAsTheProgramDoes(String typed) {
        assertThat(sql().queryForObject("SELECT canonical_user(?)", String.class, typed))
                .isEqualTo(UserId.canonical(typed));
    }

    @Test
    void rejectedRowsAreFoundByWhatWasTypedInThemWhateverTheirLength() {
        var grant = Books.grant(campaign, 1, false);
        source(grant);
        reject(grant, 5, " Ｘ７ ", "readers.row.pattern");
        reject(grant, 6, "x".repeat(300), "coupons.user-id.too-long");

        var found = trails.of("X7", campaign).grants().get(0);

        assertThat(found.rows())
                .extracting(TrailRow::rowNo, TrailRow::fileName, TrailRow::reason)
                .containsExactly(org.assertj.core.api.Assertions.tuple(5, "list.csv", "readers.row.pattern"));
        assertThat(trails.of("x".repeat(300), campaign).grants()).hasSize(1);
        assertThat(trails.of("x".repeat(300), campaign).problem()).isNotNull();
        assertThat(trails.of("X8", campaign).grants()).isEmpty();
        assertThat(trails.of("X8", campaign).unread()).extracting(Grant::id).containsExactly(grant.id());
    }

    @Test
    void couponsOfOtherCampaignsAreToldOnlyIfAllAreAskedFor() {
        var user = Books.fresh("user");
        var other = Books.campaign(Draft.saved());
        Books.issue(other, Books.fresh("X"), user, "CLAIM", 7, 1);

        assertThat(trails.of(user, null).others()).hasSize(1);
        assertThat(trails.of(user, campaign).others()).isEmpty();
    }

    private static Long seq(Grant grant, String user) {
        return sql().queryForObject("SELECT recipient_seq(?, ?)", Long.class, grant.id(), user);
    }

    private static void source(Grant grant) {
        sql().update(
                        "INSERT INTO grant_source (grant_id, source_no, file_name, sha256, bytes, object_key)"
                                + " VALUES (?, 1, 'list.csv', 'x', 1, 'x')",
                        grant.id());
    }

    private static void reject(Grant grant, int row, String raw, String reason) {
        sql().update("INSERT INTO reject VALUES (?, 1, ?, ?, ?, '{}', '{}')", grant.id(), row, raw, reason);
    }
}
