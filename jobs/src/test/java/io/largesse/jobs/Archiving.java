package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.largesse.coupons.ArchiveObject;
import io.largesse.coupons.Archives;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.Grant;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Campaigns that have ended, with coupons that are long spent. */
class Archiving extends Revoking {

    static final Instant LONG_AGO = Instant.now().minus(400, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
    static final Instant BEFORE = Instant.now().minus(180, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);

    /** Its first users spent their coupons, the next let them expire, the others had them taken back: all long ago. */
    static Campaign spent() {
        var campaign = campaign(USERS);
        var grant = done(campaign, 1, Node.list(USERS));
        change(grant, "REDEEMED", 1, 300, LONG_AGO);
        change(grant, "EXPIRED", 301, 900, LONG_AGO.plusSeconds(1));
        change(grant, "REVOKED", 901, USERS, LONG_AGO.plusSeconds(2));
        node.sql()
                .update(
                        "UPDATE coupon SET order_id = 'O-' || user_id WHERE source_id = ? AND status = 'REDEEMED'",
                        grant.id());
        return end(campaign);
    }

    static Campaign end(Campaign campaign) {
        return node.bean(Campaigns.class).end(campaign, Node.OPERATOR);
    }

    static void change(Grant grant, String status, int first, int last, Instant at) {
        node.sql()
                .update(
                        "UPDATE coupon SET status = ?, updated_at = ? WHERE source_kind = 'GRANT' AND source_id = ?"
                                + " AND user_id BETWEEN ? AND ?",
                        status,
                        java.sql.Timestamp.from(at),
                        grant.id(),
                        Node.user(first),
                        Node.user(last));
    }

    static RunOutcome archive(Campaign campaign) {
        return node.bean(ArchiveDesk.class).archive(campaign, BEFORE, Node.operator(), p -> {});
    }

    static long archived(Campaign campaign) {
        return node.count("SELECT archived FROM campaign WHERE id = ?", campaign.id());
    }

    static List<ArchiveObject> objects(Campaign campaign) {
        return node.bean(Archives.class).of(campaign);
    }

    /** Counted from the stores: each code stands in one place, and the archive has as many as it says. */
    static void requireBalance(Campaign campaign) {
        var books = node.bean(Reconciler.class).books(now(campaign));
        assertThat(books.balance()).as("%s", books).isTrue();
        assertThat(books.archived()).isEqualTo(archived(campaign));
        assertThat(books.coupons()).isEqualTo(coupons(campaign));
    }
}
