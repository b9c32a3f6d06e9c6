package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class GrantsTest {

    private final Grants grants = the(Grants.class);
    private final Campaign campaign = Books.campaign(Draft.saved());
    private final String list = UUID.randomUUID().toString();

    @Test
    void whatWasReceivedIsRead() {
        var source = GrantSource.fresh(1, "users, \"May\".xlsx", "sha", 7, "key", "Sheet 1", "B");
        var grant = grants.receive(draft(false), List.of(source), OPERATOR);

        assertThat(grant)
                .returns(GrantState.RECEIVED, Grant::state)
                .returns(false, Grant::isChecked)
                .returns(0L, Grant::codesNeeded)
                .returns(null, Grant::refusal);
        grants.staged(grant.id(), 1, 0, 60, 59);
        grants.staged(grant.id(), 1, 60, 100, 40);
        grants.sourceRead(grant.id(), 1, List.of("user id", "a,b", "it's \"x\""));
        grants.counted(grant.id(), new GrantCounts(99, 90, 5, 3, 1));
        assertThat(grants.sources(grant.id()))
                .containsExactly(new GrantSource(
                        grant.id(),
                        1,
                        "users, \"May\".xlsx",
                        "sha",
                        7,
                        "key",
                        "Sheet 1",
                        "B",
                        List.of("user id", "a,b", "it's \"x\""),
                        99L,
                        100,
                        99));
        assertThat(grants.find(grant.id()).codesNeeded()).isEqualTo(270);
        assertThat(grants.of(campaign)).extracting(Grant::id).containsExactly(grant.id());
    }

    @Test
    void rowsAreStagedOnceAndNoneAfterTheLast() {
        var source = GrantSource.fresh(1, "users.csv", "sha", 7, "key", null, null);
        var grant = grants.receive(draft(false), List.of(source), OPERATOR);
        grants.staged(grant.id(), 1, 0, 60, 59);

        assertThatThrownBy(() -> grants.staged(grant.id(), 1, 0, 60, 59)).isInstanceOf(IllegalStateException.class);
        grants.sourceRead(grant.id(), 1, List.of("user id"));
        assertThatThrownBy(() -> grants.staged(grant.id(), 1, 60, 61, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(grants.sources(grant.id()).get(0).rows()).isEqualTo(59);
    }

    @Test
    void ofTheSameListReceivedAtOnceOneIsAGrant() throws Exception {
        var received = Together.run(8, i -> () -> {
            try {
                return receive().id();
            } catch (RefusedException e) {
                return e.why().code().equals("coupons.grant.same-unfinished") ? 0L : -1L;
            }
        });

        assertThat(received).filteredOn(id -> id > 0).hasSize(1);
        assertThat(received).filteredOn(id -> id == 0).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({
        "RECEIVED, coupons.grant.same-unfinished",
        "APPROVED, coupons.grant.same-unfinished",
        "RUNNING, coupons.grant.same-unfinished",
        "DONE, coupons.grant.same",
        "STOPPED, coupons.grant.same-unfinished",
        "FAILED, coupons.grant.same-unfinished"
    })
    void aListIsNotGrantedTwiceUnseen(GrantState state, String code) {
        set(receive(), state);

        assertRefused(code, this::receive);
        assertThat(grants.receive(draft(true), List.of(), OPERATOR).state()).isEqualTo(GrantState.RECEIVED);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "REVOKED"})
    void aListThatWasNotGrantedAfterAllMayBeGranted(GrantState state) {
        var first = receive();
        set(first, state);

        assertThat(receive().id()).isNotEqualTo(first.id());
    }

    @Test
    void aListThatWasOnlyCheckedGivesWay() {
        var dryRun = receive();
        set(dryRun, GrantState.CHECKED);
        var next = receive();

        assertThat(next.state()).isEqualTo(GrantState.RECEIVED);
        assertThat(grants.find(dryRun.id()))
                .returns(GrantState.REFUSED, Grant::state)
                .returns(Message.of("coupons.grant.superseded"), Grant::refusal);
        assertThat(the(AuditTrail.class).of(dryRun.subject()))
                .extracting(AuditEntry::what)
                .containsExactly("grant.receive", "grant.supersede");
    }

    @Test
    void aRefusalIsKeptWithItsArguments() {
        var grant = receive();
        var why = Message.of("coupons.campaign.not-active", "a,b \"c\" {d}", "it's");
        grants.refuse(grant.id(), why);

        assertThat(grants.find(grant.id()).refusal()).isEqualTo(why);
        assertThat(grants.find(grant.id()).finishedAt()).isNotNull();
    }

    @Test
    void aGrantThatIsDoneIsNotRefused() {
        var grant = receive();
        set(grant, GrantState.DONE);
        grants.refuse(grant.id(), Message.of("coupons.grant.superseded"));

        assertThat(grants.find(grant.id()))
                .returns(GrantState.DONE, Grant::state)
                .returns(null, Grant::refusal);
    }

    @Test
    void aGrantThatGoesOnIsNotFinished() {
        var grant = receive();
        grants.move(grant.id(), GrantState.STOPPED);
        assertThat(grants.find(grant.id()).finishedAt()).isNotNull();

        grants.running(grant.id());
        assertThat(grants.find(grant.id()).finishedAt()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, coupons.grant.quantity",
        "1001, 0, coupons.grant.quantity",
        "1, -1, coupons.grant.max-rejects",
        "1, 10001, coupons.grant.max-rejects"
    })
    void aDraftThatIsNoGrantIsRefused(int quantity, int maxRejects, String code) {
        assertRefused(code, () -> new GrantDraft(1, quantity, false, maxRejects, false, list, false, false, 1));
    }

    @Test
    void anUnknownGrantIsRefused() {
        assertRefused("coupons.grant.unknown", () -> grants.find(-1));
    }

    private Grant receive() {
        return grants.receive(draft(false), List.of(), OPERATOR);
    }

    private GrantDraft draft(boolean again) {
        return new GrantDraft(campaign.id(), 3, false, 1000, false, list, again, false, 1000);
    }

    private static void set(Grant grant, GrantState state) {
        sql().update("UPDATE coupon_grant SET state = ? WHERE id = ?", state.name(), grant.id());
    }
}
