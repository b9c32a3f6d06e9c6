package io.largesse.app.cli;

import io.largesse.coupons.Grant;
import io.largesse.coupons.Message;
import io.largesse.coupons.RejectCount;
import io.largesse.jobs.GrantSummary;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How grants are shown. */
final class GrantView {

    private static final int SAMPLE_ROWS = 5;

    private GrantView() {}

    /** What a check found, for the person who decides whether to go on. */
    static void checked(GrantSummary summary, Session session) {
        facts(summary, session.texts()).lines().forEach(session::show);
        reasons(summary.rejects(), session);
        var rows = summary.firstRows().stream().limit(SAMPLE_ROWS).toList();
        if (!rows.isEmpty()) {
            session.say("app.grant.first-rows");
            for (var row : rows) {
                session.say("app.grant.first-row", row.sourceNo(), row.rowNo(), row.userId());
            }
        }
    }

    static Facts facts(GrantSummary summary, Texts texts) {
        var grant = summary.grant();
        var facts = new Facts(texts)
                .add("app.label.grant", Long.toString(grant.id()))
                .add("app.label.campaign", summary.campaign().name())
                .add("app.label.state", grant.state());
        for (var source : summary.sources()) {
            facts.add("app.label.file", source.fileName() + (source.sheet() == null ? "" : ", " + source.sheet()));
        }
        var refusal = grant.refusal();
        return facts.add("app.label.refusal", refusal == null ? null : texts.of(refusal))
                .add("app.label.rows", grant.rowCount())
                .add("app.label.recipients", grant.recipients())
                .add("app.label.rejected", grant.rejected())
                .add("app.label.duplicates", grant.duplicates())
                .add(grant.skipHolders() ? "app.label.holders-skipped" : "app.label.holders", grant.holders())
                .add("app.label.quantity", grant.quantity())
                .add("app.label.codes-needed", grant.isChecked() ? (Long) grant.codesNeeded() : null)
                .add("app.label.in-pool", summary.inPool())
                .add("app.label.at-stake", grant.isChecked() ? money(summary) : null)
                .add("app.label.issued", grant.issued())
                .add(
                        "app.label.created",
                        grant.createdAt().atZone(summary.campaign().zone()))
                .add("app.label.created-by", grant.createdBy());
    }

    static void reasons(List<RejectCount> rejects, Session session) {
        for (var reject : rejects) {
            session.say("app.grant.rejected", reason(reject.reason(), session.texts()), reject.count());
        }
    }

    /** The reason without the arguments of one row. */
    static String reason(String code, Texts texts) {
        var kind = texts.of("app.reason." + code);
        return kind.startsWith("app.reason.") ? texts.of(new Message(code, List.of("…", "…", "…"))) : kind;
    }

    static void done(Grant grant, Duration took, Session session) {
        session.say("app.grant.done", Long.toString(grant.id()), grant.issued(), took, perSecond(grant, took));
        session.say("app.grant.left-out", zero(grant.rejected()), zero(grant.duplicates()));
        if (zero(grant.rejected()) + zero(grant.duplicates()) > 0) {
            session.say("app.grant.report", session.command("grant report " + grant.id() + " --to rejects.xlsx"));
        }
    }

    static Json outcome(Grant grant, long run, Duration took) {
        return Json.of("grantId", Long.toString(grant.id()))
                .withId("runId", run)
                .with("state", grant.state())
                .with("rows", zero(grant.rowCount()))
                .with("recipients", zero(grant.recipients()))
                .with("issued", grant.issued())
                .with("rejected", zero(grant.rejected()))
                .with("duplicates", zero(grant.duplicates()))
                .with("holders", zero(grant.holders()))
                .with("codesNeeded", grant.codesNeeded())
                .with("seconds", Math.round(took.toMillis() / 100.0) / 10.0)
                .with("rowsPerSecond", perSecond(grant, took))
                .with("report", grant.reportKey());
    }

    static Json json(Grant grant, String campaign) {
        var refusal = grant.refusal();
        return Json.of("grantId", Long.toString(grant.id()))
                .with("campaign", campaign)
                .with("state", grant.state())
                .with("quantity", grant.quantity())
                .with("rows", grant.rowCount())
                .with("recipients", grant.recipients())
                .with("issued", grant.issued())
                .with("rejected", grant.rejected())
                .with("duplicates", grant.duplicates())
                .with("holders", grant.holders())
                .with("codesNeeded", grant.codesNeeded())
                .with("refusal", refusal == null ? null : refusal.code())
                .with("report", grant.reportKey())
                .with("createdAt", grant.createdAt())
                .with("createdBy", grant.createdBy())
                .with("finishedAt", grant.finishedAt())
                .with("listPurgedAt", grant.listPurgedAt());
    }

    static Json json(GrantSummary summary) {
        return json(summary.grant(), summary.campaign().name())
                .with("files", summary.sources().stream().map(s -> s.fileName()).toList())
                .with(
                        "rejects",
                        summary.rejects().stream()
                                .map(r -> Json.of("reason", r.reason()).with("count", r.count()))
                                .toList())
                .with(
                        "firstRows",
                        summary.firstRows().stream()
                                .map(r -> Json.of("source", r.sourceNo())
                                        .with("row", r.rowNo())
                                        .with("userId", r.userId()))
                                .toList())
                .with("inPool", summary.inPool())
                .with("atStake", Amounts.json(summary.faceValueAtStake()));
    }

    private static Object money(GrantSummary summary) {
        return summary.faceValueAtStake();
    }

    private static long perSecond(Grant grant, Duration took) {
        return took.toMillis() == 0 ? 0 : zero(grant.rowCount()) * 1000 / took.toMillis();
    }

    private static long zero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
