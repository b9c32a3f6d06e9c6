package io.largesse.app.cli;

import io.largesse.coupons.Benefit;
import io.largesse.coupons.Template;
import java.util.List;

/** How templates are shown. */
final class TemplateView {

    private TemplateView() {}

    static Facts facts(Template template, Texts texts) {
        var benefit = template.benefit();
        return new Facts(texts)
                .add("app.label.template", template.reference())
                .add("app.label.title", template.title())
                .add("app.label.description", template.description())
                .add("app.label.benefit", benefit(benefit, texts))
                .add("app.label.threshold", benefit.threshold())
                .add("app.label.face-value", benefit.faceValue())
                .add("app.label.platforms", words(template.limits().platforms(), texts))
                .add("app.label.regions", words(template.limits().regions(), texts))
                .add("app.label.categories", words(template.limits().categories(), texts));
    }

    static Json json(Template template) {
        var benefit = template.benefit();
        return Json.of("template", template.reference())
                .with("name", template.name())
                .with("version", template.version())
                .with("title", template.title())
                .with("description", template.description())
                .with("benefit", json(benefit))
                .with("threshold", Amounts.json(benefit.threshold()))
                .with("faceValue", Amounts.json(benefit.faceValue()))
                .with("platforms", template.limits().platforms())
                .with("regions", template.limits().regions())
                .with("categories", template.limits().categories());
    }

    private static String benefit(Benefit benefit, Texts texts) {
        if (benefit instanceof Benefit.PercentOff percent) {
            return texts.of("app.benefit.percent", Amounts.percent(percent.basisPoints()), percent.cap());
        }
        return texts.of("app.benefit.amount", benefit.faceValue());
    }

    private static Json json(Benefit benefit) {
        return benefit instanceof Benefit.PercentOff percent
                ? Json.of("percentOff", Amounts.percent(percent.basisPoints())).with("cap", Amounts.json(percent.cap()))
                : Json.of("amountOff", Amounts.json(benefit.faceValue()));
    }

    private static String words(List<String> limit, Texts texts) {
        return limit.isEmpty() ? texts.of("app.limits.none") : String.join(", ", limit);
    }
}
