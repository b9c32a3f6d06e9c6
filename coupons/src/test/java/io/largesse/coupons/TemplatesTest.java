package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Books.sql;
import static io.largesse.coupons.Books.the;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplatesTest {

    private static final Money TEN = Money.ofMinor(1000, "CNY");
    private static final Benefit TEN_OFF = new Benefit.AmountOff(TEN, TEN);

    private final Templates templates = the(Templates.class);
    private final String name = Books.fresh("ten-off");

    @Test
    void versionsCreatedAtOnceCountUpWithoutGap() throws Exception {
        var perThread = 10;
        var versions = Together.run(
                8,
                thread -> () -> IntStream.range(0, perThread)
                        .mapToObj(i -> create(TEN_OFF).version())
                        .toList());

        var all = versions.stream().flatMap(List::stream).sorted().toList();
        assertThat(all).isEqualTo(IntStream.rangeClosed(1, 80).boxed().toList());
        assertThat(versions).allSatisfy(mine -> assertThat(mine).isSorted());
        assertThat(templates.versions(name)).hasSize(80);
    }

    @Test
    void aVersionNeverChangesAndIsNeverDeleted() {
        var template = create(TEN_OFF);

        assertThatThrownBy(() ->
                        sql().update("UPDATE template_version SET amount = 1 WHERE template_id = ?", template.id()))
                .hasMessageContaining("template_version rows never change");
        assertThatThrownBy(() -> sql().update("DELETE FROM template_version WHERE template_id = ?", template.id()))
                .hasMessageContaining("template_version rows never change");
        assertThat(templates.find(name)).isEqualTo(template);
    }

    @Test
    void whatWasCreatedIsRead() {
        var limits = new Limits(List.of("app", "小程序"), List.of("CN-31"), List.of("a,b", "{\"q\"}", "NULL"));
        var percent = new Benefit.PercentOff(1250, TEN, Money.ofMinor(0, "CNY"));
        var created = templates.create(
                new Template(7, name, 9, "八折", "an apostrophe's description", percent, limits), OPERATOR);

        assertThat(templates.find(name + "@1")).isEqualTo(created);
        assertThat(created.version()).isEqualTo(1);
        assertThat(created.benefit()).isEqualTo(percent);
        assertThat(created.limits()).isEqualTo(limits);
    }

    @Test
    void aReferenceWithoutVersionIsTheNewest() {
        create(TEN_OFF);
        create(new Benefit.AmountOff(TEN, Money.ofMinor(5000, "CNY")));

        assertThat(templates.find(name).version()).isEqualTo(2);
        assertThat(templates.find(name + "@1").benefit()).isEqualTo(TEN_OFF);
        assertThat(templates.versions(name)).extracting(Template::version).containsExactly(2, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@", "@0", "@2", "@01", "@1 ", "@x"})
    void anUnknownVersionIsRefused(String version) {
        create(TEN_OFF);

        assertRefused("coupons.template.unknown", () -> templates.find(name + version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "a b", "a@1", "ä", "a\n"})
    void aNameThatCannotBeTypedAsOneIsRefused(String bad) {
        var draft = new Template(0, bad, 0, "Title", null, TEN_OFF, new Limits(List.of(), List.of(), List.of()));

        assertRefused("coupons.name", () -> templates.create(draft, OPERATOR));
    }

    private Template create(Benefit benefit) {
        var limits = new Limits(List.of(), List.of(), List.of());
        return templates.create(new Template(0, name, 0, "Title", null, benefit, limits), OPERATOR);
    }
}
