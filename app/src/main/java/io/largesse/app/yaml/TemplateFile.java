package io.largesse.app.yaml;

import io.largesse.coupons.Benefit;
import io.largesse.coupons.Limits;
import io.largesse.coupons.Money;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.Template;
import java.nio.file.Path;
import java.util.List;

/** A template as people write it; {@code samples/templates} shows every key. */
public final class TemplateFile {

    private TemplateFile() {}

    /** A draft: its id and version do not count. Refused with key, line and remedy if it is not a template. */
    public static Template read(Path file) {
        return parse(YamlFile.content(file), file);
    }

    public static Template parse(String content, Object name) {
        var keys = YamlFile.parse(content, name);
        var description = keys.optionalText("description");
        var currency = keys.text("currency");
        var template = new Template(
                0,
                keys.text("name").value(),
                0,
                keys.text("title").value(),
                description == null ? null : description.value(),
                benefit(keys.map("benefit"), currency),
                limits(keys));
        keys.refuseOthers();
        return template;
    }

    private static Benefit benefit(YamlMap keys, YamlText currency) {
        var unit = currency.refusedHere(() -> Money.ofMinor(0, currency.value()))
                .currency()
                .getCurrencyCode();
        var amount = keys.optionalText("amount-off");
        var percent = keys.optionalText("percent-off");
        var threshold = keys.optionalText("threshold");
        if ((amount == null) == (percent == null)) {
            keys.optionalText("cap");
            keys.refuseOthers();
            throw RefusedException.of("app.yaml.benefit", keys.line());
        }
        if (amount != null) {
            keys.refuseOthers();
            var off = amount.money(unit);
            var least = threshold == null ? off : threshold.money(unit);
            return amount.refusedHere(() -> new Benefit.AmountOff(off, least));
        }
        var cap = keys.text("cap").money(unit);
        keys.refuseOthers();
        var least = threshold == null ? new Money(0, cap.currency()) : threshold.money(unit);
        var share = java.util.Objects.requireNonNull(percent);
        return share.refusedHere(() -> new Benefit.PercentOff(share.percent(), cap, least));
    }

    private static Limits limits(YamlMap template) {
        var keys = template.optionalMap("limits");
        if (keys == null) {
            return new Limits(List.of(), List.of(), List.of());
        }
        var limits = new Limits(keys.texts("platforms"), keys.texts("regions"), keys.texts("categories"));
        keys.refuseOthers();
        return limits;
    }
}
