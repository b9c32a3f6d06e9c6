package io.largesse.coupons;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** A sound campaign draft, for tests to change in one place. */
final class Draft {

    String name = Books.fresh("campaign");
    String business = "SUMMER";
    String template = "";
    CodeFormat format = CodeFormat.SEQUENTIAL;
    long stock = 1000;
    ZoneId zone = ZoneId.of("Asia/Shanghai");
    Instant opensAt = Instant.parse("2026-01-01T00:00:00Z");
    Instant closesAt = Instant.parse("2099-01-01T00:00:00Z");
    Instant validFrom;
    Instant validTo;
    Integer validDays = 30;
    int claimLimit = 1;
    Long budget;
    String userIdPattern;

    static Draft draft() {
        return new Draft();
    }

    /** Coupons of this many minor units each. */
    static Draft worth(long minor) {
        var draft = new Draft();
        var face = Money.ofMinor(minor, "CNY");
        draft.template = template(Books.fresh("worth"), new Benefit.AmountOff(face, face));
        return draft;
    }

    static Draft saved() {
        return worth(1000);
    }

    Draft stock(long stock) {
        this.stock = stock;
        return this;
    }

    Draft budget(Long budget) {
        this.budget = budget;
        return this;
    }

    Draft business(String business) {
        this.business = business;
        return this;
    }

    Draft format(CodeFormat format) {
        this.format = format;
        return this;
    }

    Draft valid(Instant from, Instant to, Integer days) {
        validFrom = from;
        validTo = to;
        validDays = days;
        return this;
    }

    CampaignDraft build() {
        return new CampaignDraft(
                name,
                "Summer",
                business,
                template,
                format,
                stock,
                zone,
                opensAt,
                closesAt,
                validFrom,
                validTo,
                validDays,
                claimLimit,
                budget,
                userIdPattern,
                null);
    }

    static String template(String name, Benefit benefit) {
        var draft = new Template(0, name, 0, "Title", null, benefit, new Limits(List.of(), List.of(), List.of()));
        return Books.the(Templates.class).create(draft, Books.OPERATOR).reference();
    }
}
