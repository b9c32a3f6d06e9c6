package io.largesse.app.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Benefit;
import io.largesse.coupons.Message;
import io.largesse.coupons.RefusedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

    private static final Path SAMPLES = Path.of("../samples");

    @Test
    void theSamplesAreSound() throws Exception {
        var ten = TemplateFile.read(SAMPLES.resolve("templates/ten-off.yaml"));
        var percent = TemplateFile.read(SAMPLES.resolve("templates/fifteen-percent.yaml"));
        var summer = CampaignFile.read(SAMPLES.resolve("campaigns/summer.yaml"), template -> "CNY");

        assertThat(ten.benefit().faceValue()).hasToString("10.00 CNY");
        assertThat(((Benefit.PercentOff) percent.benefit()).basisPoints()).isEqualTo(1500);
        assertThat(summer.closesAt()).isEqualTo(Instant.parse("2027-08-31T16:00:00Z"));
        assertThat(summer.budget()).isEqualTo(2_000_000_000L);
        assertThat(summer.inboxMost()).isEqualTo(10_000);
        var demo = CampaignFile.read(SAMPLES.resolve("campaigns/demo.yaml"), template -> "CNY");
        assertThat(demo.inboxMost()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "currency: CNY       | curency: CNY          | app.yaml.missing    | currency",
                "title: 10 off       | titel: 10 off         | app.yaml.missing    | title",
                "limits:             | limit:                | app.yaml.unknown    | limit",
                "platforms: [app, web] | platfrms: [app]     | app.yaml.unknown    | limits.platfrms",
                "platforms: [app, web] | platforms: app      | app.yaml.not-list   | limits.platforms",
                "currency: CNY       | currency: [CNY]       | app.yaml.not-text   | currency",
                "currency: CNY       | currency: YYY         | app.yaml.at         | currency",
                "amount-off: 10.00   | amount-off: ten       | app.yaml.at         | benefit.amount-off",
                "amount-off: 10.00   | amount-off: 10.001    | app.yaml.at         | benefit.amount-off",
                "amount-off: 10.00   | percent-off: 10       | app.yaml.missing    | benefit.cap",
                "threshold: 50.00    | threshold: 5          | app.yaml.at         | benefit.amount-off",
                "threshold: 50.00    | percent-off: 5        | app.yaml.benefit    | 8",
                "amount-off: 10.00   | cap: 10.00            | app.yaml.benefit    | 9",
                "threshold: 50.00    | treshold: 50.00       | app.yaml.unknown    | benefit.treshold",
                "name: ten-off       | 'name: ten-off\nname: x' | app.yaml.twice   | name",
                "name: ten-off       | 'name: [ten-off'      | app.yaml.malformed  | template",
                "name: ten-off       | '? [a, b]\n: c\nname: x' | app.yaml.key     | 5"
            })
    void aMistakeInATemplateIsNamed(String good, String bad, String code, String where) throws Exception {
        var text = replaced("templates/ten-off.yaml", good, bad);

        var why = refusal(() -> TemplateFile.parse(text, "template"));

        assertThat(why.code()).isEqualTo(code);
        assertThat(why.arguments().get(0)).startsWith(where.length() < 3 ? "" : where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stock: 2000000      | stock: 2,000,000      | app.yaml.not-whole",
                "stock: 2000000      | stock: -5             | app.yaml.not-whole",
                "stock: 2000000      | stock: 1e6            | app.yaml.not-whole",
                "zone: Asia/Shanghai | zone: Beijing         | app.yaml.not-zone",
                "codes: opaque       | codes: random         | app.yaml.not-one-of",
                "opens: 2026-11-01   | opens: 1.11.2026      | app.yaml.at",
                "closes: 2027-08-31  | closes: 2027-02-30    | app.yaml.at",
                "closes: 2027-08-31  | closes: 2026-10-01    | coupons.campaign.window",
                "days: 30            | day: 30               | app.yaml.unknown",
                "valid:              | validity:             | app.yaml.missing",
                "claim-limit: 1      | claimlimit: 1         | app.yaml.unknown",
                "most: 10000         | most: 0               | coupons.campaign.inbox",
                "most: 10000         | most: all             | app.yaml.not-whole",
                "most: 10000         | mots: 10000           | app.yaml.missing",
                "budget: 20000000.00 | budget: 1.001         | app.yaml.at",
                "name: summer        | name: Summer Sale     | coupons.name",
                "business: SUMMER    | business: summer      | coupons.campaign.business"
            })
    void aMistakeInACampaignIsNamed(String good, String bad, String code) throws Exception {
        var text = replaced("campaigns/summer.yaml", good, bad);

        assertThat(refusal(() -> CampaignFile.parse(text, "campaign", template -> "CNY"))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void theLineAndTheKnownKeysAreNamed() throws Exception {
        var text = replaced("templates/ten-off.yaml", "regions: []", "region: []");

        assertThatThrownBy(() -> TemplateFile.parse(text, "template"))
                .hasMessageContaining("limits.region (line 16)")
                .hasMessageContaining("categories, platforms, regions");
    }

    @Test
    void whatIsNoFileOfKeysIsRefused() throws Exception {
        assertThat(refusal(() -> TemplateFile.parse("", "empty")).code()).isEqualTo("app.yaml.no-keys");
        assertThat(refusal(() -> TemplateFile.parse("- a\n- b", "list")).code()).isEqualTo("app.yaml.no-keys");
        var bomb = "a: &a [x]\nb: &b [*a, *a]\nname: !!java.io.File [/etc/passwd]\n";
        assertThat(refusal(() -> TemplateFile.parse(bomb, "bomb")).code()).startsWith("app.yaml.");
        var deep = "name: " + "[".repeat(2000);
        assertThat(refusal(() -> TemplateFile.parse(deep, "deep")).code()).isEqualTo("app.yaml.malformed");
    }

    private static String replaced(String sample, String good, String bad) throws Exception {
        var text = Files.readString(SAMPLES.resolve(sample));
        assertThat(text).contains(good.strip());
        return text.replace(good.strip(), bad.strip());
    }

    private static Message refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        var thrown = org.assertj.core.api.Assertions.catchThrowable(reading);
        assertThat(thrown).isInstanceOf(RefusedException.class);
        return ((RefusedException) thrown).why();
    }
}
