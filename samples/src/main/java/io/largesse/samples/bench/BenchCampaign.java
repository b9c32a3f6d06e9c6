package io.largesse.samples.bench;

import io.largesse.coupons.Actor;
import io.largesse.coupons.Benefit;
import io.largesse.coupons.Campaign;
import io.largesse.coupons.CampaignDraft;
import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.Limits;
import io.largesse.coupons.Money;
import io.largesse.coupons.Template;
import io.largesse.coupons.Templates;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** A campaign of opaque codes, the dearer of the two formats, to be measured with. */
final class BenchCampaign {

    static final Actor BENCH = new Actor("bench", "bench", "bench");

    private BenchCampaign() {}

    static Campaign create(BenchHome home, long stock) {
        return create(home, "bench", stock);
    }

    static Campaign create(BenchHome home, String name, long stock) {
        var benefit = new Benefit.AmountOff(Money.parse("10.00", "CNY"), Money.parse("50.00", "CNY"));
        var limits = new Limits(List.of(), List.of(), List.of());
        var template = home.get(Templates.class)
                .create(new Template(0, "bench", 0, "Benchmark", null, benefit, limits), BENCH);
        var now = home.get(Clock.class).instant();
        var draft = new CampaignDraft(
                name,
                "Benchmark",
                "BENCH",
                template.reference(),
                CodeFormat.OPAQUE,
                stock,
                ZoneOffset.UTC,
                now.minus(Duration.ofDays(1)),
                now.plus(Duration.ofDays(30)),
                null,
                null,
                30,
                1,
                null,
                null,
                null);
        return home.get(Campaigns.class).create(draft, BENCH);
    }

    /** What the codes begin with that are generated today. */
    static String codePrefix(BenchHome home) {
        var today = home.get(Clock.class).instant().atZone(ZoneOffset.UTC).toLocalDate();
        return "BENCH-" + today.format(DateTimeFormatter.BASIC_ISO_DATE) + "-";
    }
}
