package io.largesse.coupons;

import static io.largesse.coupons.Books.OPERATOR;
import static io.largesse.coupons.Books.assertRefused;
import static io.largesse.coupons.Books.inTransaction;
import static io.largesse.coupons.Books.the;
import static io.largesse.coupons.Draft.saved;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CodeRangesTest {

    private static final LocalDate DATE = LocalDate.of(2026, 11, 22);
    /** Already the next day in Shanghai. */
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T16:00:00Z"), ZoneOffset.UTC);

    private final String prefix = Books.freshPrefix();
    private final CodeRanges ranges = ranges("A");

    /** Two campaigns share the serials of a day; 8 threads ask for 7 at a time, far more than there are. */
    @Test
    void rangesNeverOverlapAndTheStockIsTakenToTheLastUnit() throws Exception {
        var summer = Books.campaign(saved().business(prefix).stock(100));
        var autumn = Books.campaign(saved().business(prefix).stock(211));
        var reserved = Together.run(8, thread -> () -> {
            var mine = new ArrayList<CodeRange>();
            for (int i = 0; i < 12; i++) {
                var campaign = (thread + i) % 2 == 0 ? summer : autumn;
                Stream.of(7, 1)
                        .map(n -> tryReserve(campaign, n))
                        .filter(Objects::nonNull)
                        .forEach(mine::add);
            }
            return mine;
        });

        var all = reserved.stream().flatMap(List::stream).toList();
        var serials = all.stream()
                .flatMapToLong(r -> java.util.stream.LongStream.rangeClosed(r.firstSerial(), r.lastSerial()))
                .sorted()
                .toArray();
        assertThat(serials).doesNotHaveDuplicates().startsWith(1).endsWith(serials.length);
        for (var campaign : List.of(summer, autumn)) {
            var of = all.stream().filter(r -> r.campaignId() == campaign.id()).toList();
            assertThat(ranges.of(campaign)).containsExactlyInAnyOrderElementsOf(of);
            var generated = the(Campaigns.class).byId(campaign.id()).generated();
            assertThat(of.stream().mapToLong(CodeRange::count).sum()).isEqualTo(generated);
            assertThat(generated).isLessThanOrEqualTo(campaign.stock());
        }
        // 48 times 8 were asked of each: of the hundred nothing is left, of the rest as much as was asked for
        assertThat(the(Campaigns.class).byId(summer.id()).ungenerated()).isZero();
        assertThat(the(Campaigns.class).byId(autumn.id()).ungenerated()).isZero();
    }

    @Test
    void aRunGetsItsRangeOnceHoweverOftenItAsks() {
        var campaign = Books.campaign(saved().business(prefix).stock(100));
        var run = Books.run();
        var range = reserve(campaign, 60, run);

        assertThat(range)
                .isEqualTo(new CodeRange(
                        range.id(), prefix, DATE, 1, 60, campaign.id(), CodeFormat.SEQUENTIAL, "GENERATING", false));
        assertThat(reserve(campaign, 60, run)).isEqualTo(range);
        assertThat(ranges.ofRun(run)).isEqualTo(range);
        assertThat(the(Campaigns.class).byId(campaign.id()).generated()).isEqualTo(60);
    }

    @Test
    void aRefusalTakesNeitherStockNorSerials() {
        var campaign = Books.campaign(saved().business(prefix).stock(10));

        assertRefused("coupons.stock.too-small", () -> reserve(campaign, 11, Books.run()));
        assertThat(reserve(campaign, 10, Books.run()).firstSerial()).isEqualTo(1);
    }

    @Test
    void anEndedCampaignGetsNoSerialsAndHearsWhy() {
        var campaign = Books.campaign(saved().business(prefix));
        the(Campaigns.class).end(campaign, OPERATOR);

        assertRefused("coupons.campaign.not-active", () -> reserve(campaign, 1, Books.run()));
        assertThat(ranges.of(campaign)).isEmpty();
    }

    @Test
    void serialsBeyondTheFormatAreRefusedAndLeaveTheStockAlone() {
        var campaign = Books.campaign(saved().business(prefix).stock(1_000_000_000));
        reserve(campaign, 999_999_990, Books.run());

        assertRefused("coupons.code.serials", () -> reserve(campaign, 10, Books.run()));
        assertThat(reserve(campaign, 9, Books.run()).lastSerial()).isEqualTo(999_999_999);
    }

    @Test
    void opaqueCodesOfADayAreMadeWithOneKey() {
        var opaque = Books.campaign(saved().business(prefix).format(CodeFormat.OPAQUE));
        var sequential = Books.campaign(saved().business(prefix));
        var otherKey = ranges("B");
        reserve(sequential, 5, Books.run());
        reserve(opaque, 5, Books.run());

        assertRefused("coupons.code-keys.changed", () -> inTransaction(() -> otherKey.reserve(opaque, 5, Books.run())));
        assertThat(reserve(sequential, 5, Books.run()).firstSerial()).isEqualTo(11);
        assertThat(reserve(opaque, 5, Books.run()).firstSerial()).isEqualTo(16);
        assertThat(inTransaction(() -> otherKey.reserve(sequential, 5, Books.run()))
                        .firstSerial())
                .isEqualTo(21);
        assertThat(the(Campaigns.class).byId(opaque.id()).generated()).isEqualTo(10);
    }

    @Test
    void aDayWithoutKeyHasNoOpaqueCodes() {
        var keys = CodeKeys.parse("2099-01-01 = " + "A".repeat(43) + "=");
        var early = new CodeRanges(the(CodeRangeMapper.class), the(CampaignMapper.class), keys, CLOCK);
        var opaque = Books.campaign(saved().business(prefix).format(CodeFormat.OPAQUE));

        assertRefused("coupons.code.no-key", () -> inTransaction(() -> early.reserve(opaque, 5, Books.run())));
    }

    @Test
    void aCodeNamesItsCampaign() {
        var summer = Books.campaign(saved().business(prefix));
        var autumn = Books.campaign(saved().business(prefix));
        var first = reserve(summer, 5, Books.run());
        var second = reserve(autumn, 5, Books.run());

        assertThat(ranges.of(code(CodeFormat.SEQUENTIAL, 5))).isEqualTo(first);
        assertThat(ranges.of(code(CodeFormat.SEQUENTIAL, 6))).isEqualTo(second);
        assertThat(ranges.of(code(CodeFormat.SEQUENTIAL, 11))).isNull();
        assertThat(ranges.of(code(CodeFormat.OPAQUE, 5))).isNull();
    }

    @Test
    void aRangeIsReadyOnce() {
        var range = reserve(Books.campaign(saved().business(prefix)), 5, Books.run());

        assertThat(the(CodeRangeMapper.class).ready(range.id())).isEqualTo(1);
        assertThat(the(CodeRangeMapper.class).ready(range.id())).isZero();
        assertThat(ranges.of(code(CodeFormat.SEQUENTIAL, 5)).state()).isEqualTo("READY");
    }

    private CodeReading.Valid code(CodeFormat format, long serial) {
        return new CodeReading.Valid(prefix + "-" + serial, format, prefix, DATE, serial);
    }

    private CodeRange tryReserve(Campaign campaign, long n) {
        try {
            return reserve(campaign, n, Books.run());
        } catch (RefusedException e) {
            assertThat(e.why().code()).isEqualTo("coupons.stock.too-small");
            return null;
        }
    }

    private CodeRange reserve(Campaign campaign, long n, long run) {
        return inTransaction(() -> ranges.reserve(campaign, n, run));
    }

    private static CodeRanges ranges(String letter) {
        var keys = CodeKeys.parse("2000-01-01 = " + letter.repeat(43) + "=");
        return new CodeRanges(the(CodeRangeMapper.class), the(CampaignMapper.class), keys, CLOCK);
    }
}
