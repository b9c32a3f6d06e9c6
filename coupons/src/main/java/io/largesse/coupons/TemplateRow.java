package io.largesse.coupons;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template version as its table holds it. */
record TemplateRow(
        long templateId,
        String name,
        int version,
        String title,
        @Nullable String description,
        String currency,
        @Nullable Long amount,
        @Nullable Integer basisPoints,
        @Nullable Long cap,
        long threshold,
        List<String> platforms,
        List<String> regions,
        List<String> categories) {

    static TemplateRow of(Template t) {
        var off = t.benefit() instanceof Benefit.AmountOff amountOff ? amountOff : null;
        var percent = t.benefit() instanceof Benefit.PercentOff percentOff ? percentOff : null;
        return new TemplateRow(
                t.id(),
                t.name(),
                t.version(),
                t.title(),
                t.description(),
                t.benefit().currency().getCurrencyCode(),
                off == null ? null : (Long) off.amount().minor(),
                percent == null ? null : (Integer) percent.basisPoints(),
                percent == null ? null : (Long) percent.cap().minor(),
                t.benefit().threshold().minor(),
                t.limits().platforms(),
                t.limits().regions(),
                t.limits().categories());
    }

    Template template() {
        var least = Money.ofMinor(threshold, currency);
        Benefit benefit;
        if (amount != null) {
            benefit = new Benefit.AmountOff(Money.ofMinor(amount, currency), least);
        } else if (basisPoints != null && cap != null) {
            benefit = new Benefit.PercentOff(basisPoints, Money.ofMinor(cap, currency), least);
        } else {
            throw new IllegalStateException("template " + name + "@" + version + " has no benefit");
        }
        var limits = new Limits(platforms, regions, categories);
        return new Template(templateId, name, version, title, description, benefit, limits);
    }
}
