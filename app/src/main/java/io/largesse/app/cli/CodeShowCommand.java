package io.largesse.app.cli;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.ClaimShards;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeRanges;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import io.largesse.coupons.Coupons;
import io.largesse.coupons.Message;
import io.largesse.jobs.RestoreArchiveDesk;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code code show}. */
@Command(
        name = "show",
        description = "Tell what a code is: who holds it, that nobody does yet, or why it is no code of ours.",
        footer = {
            "",
            "Examples:",
            "  largesse code show SUMMER-20261123-7K3M9QXZT4B2P",
            "",
            "A mistyped or invented code is an answer, not an error: the exit code is 0 all the same."
        })
final class CodeShowCommand implements Callable<Integer> {

    private final Session session;

    @Parameters(paramLabel = "CODE", description = "The code, as somebody typed it.")
    @SuppressWarnings("NullAway.Init")
    private String typed;

    CodeShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var reading = CodeReader.of(session.get(CodeKeys.class)).read(typed);
        if (reading instanceof CodeReading.Valid valid) {
            genuine(valid);
        } else if (reading instanceof CodeReading.Malformed malformed) {
            noCode("MALFORMED", malformed.why());
        } else if (reading instanceof CodeReading.Forged forged) {
            noCode("FORGED", forged.why());
        }
        return ExitCode.DONE;
    }

    private void noCode(String state, Message why) {
        var words = session.texts().of(why);
        session.say("app.code.none", typed, words);
        session.answer(Json.of("code", typed).with("state", state).with("why", words));
    }

    private void genuine(CodeReading.Valid code) {
        var range = session.get(CodeRanges.class).of(code);
        if (range == null) {
            noCode("NEVER_GENERATED", Message.of("app.code.never-generated", code.code()));
            return;
        }
        var coupon = session.get(Coupons.class).find(code);
        if (coupon != null) {
            CouponView.facts(coupon, session).lines().forEach(session::show);
            session.answer(CouponView.json(coupon).with("state", "HELD"));
            return;
        }
        var archived = session.get(RestoreArchiveDesk.class).find(code.code());
        if (archived != null) {
            CouponView.facts(archived, session).lines().forEach(session::show);
            session.say("app.code.archived");
            session.answer(CouponView.json(archived).with("state", "ARCHIVED"));
            return;
        }
        var campaign = session.get(Campaigns.class).byId(range.campaignId());
        var held = !session.get(ClaimShards.class)
                .usedOf(campaign.id(), List.of(code.code()))
                .isEmpty();
        if (range.isLeft() && !held) {
            session.say("app.code.void", code.code(), campaign.name());
            session.answer(Json.of("code", code.code()).with("state", "VOID").with("campaign", campaign.name()));
            return;
        }
        session.say("app.code.free", code.code(), campaign.name());
        session.answer(Json.of("code", code.code()).with("state", "FREE").with("campaign", campaign.name()));
    }
}
