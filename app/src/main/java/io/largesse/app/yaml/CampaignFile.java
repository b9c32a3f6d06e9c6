package io.largesse.app.yaml;

import io.largesse.coupons.CampaignDraft;
import io.largesse.coupons.CodeFormat;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A campaign as people write it; {@code samples/campaigns} shows every key. */
public final class CampaignFile {

    private CampaignFile() {}

    /**
     * Refused with key, line and remedy if it is not a campaign.
     *
     * @param currencies the currency of a template, by its reference
     */
    public static CampaignDraft read(Path file, Function<String, String> currencies) {
        return parse(YamlFile.content(file), file, currencies);
    }

    public static CampaignDraft parse(String content, Object name, Function<String, String> currencies) {
        var keys = YamlFile.parse(content, name);
        var zone = keys.text("zone").zone();
        var template = keys.text("template").value();
        var validity = Validity.of(keys.map("valid"), zone);
        var stock = keys.text("stock").whole();
        var limit = keys.optionalText("claim-limit");
        var budget = keys.optionalText("budget");
        var pattern = keys.optionalText("user-id-pattern");
        var inbox = keys.optionalMap("inbox");
        var inboxMost = inbox == null ? null : (Long) inbox.text("most").whole();
        if (inbox != null) {
            inbox.refuseOthers();
        }
        var title = keys.text("title").value();
        var business = keys.text("business").value();
        var format = keys.text("codes").oneOf(CodeFormat.class);
        var handle = keys.text("name").value();
        var opens = beginning(keys.text("opens"), zone);
        var closes = end(keys.text("closes"), zone);
        keys.refuseOthers();
        return new CampaignDraft(
                handle,
                title,
                business,
                template,
                format,
                stock,
                zone,
                opens,
                closes,
                validity.from,
                validity.to,
                validity.days,
                limit == null ? 0 : limit.smallWhole(),
                budget == null ? null : budget.money(currencies.apply(template)).minor(),
                pattern == null ? null : pattern.value(),
                inboxMost);
    }

    private static Instant beginning(YamlText text, ZoneId zone) {
        return text.refusedHere(() -> Dates.beginning(text.value(), zone));
    }

    private static Instant end(YamlText text, ZoneId zone) {
        return text.refusedHere(() -> Dates.end(text.value(), zone));
    }

    /** Either days from the day of issue, or a fixed period; which of them is missing, the draft says. */
    private record Validity(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer days) {

        static Validity of(YamlMap keys, ZoneId zone) {
            var days = keys.optionalText("days");
            var from = keys.optionalText("from");
            var to = keys.optionalText("to");
            keys.refuseOthers();
            return new Validity(
                    from == null ? null : beginning(from, zone),
                    to == null ? null : end(to, zone),
                    days == null ? null : (Integer) days.smallWhole());
        }
    }
}
