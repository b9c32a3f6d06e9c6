package io.largesse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.Campaigns;
import io.largesse.coupons.CodeFormat;
import io.largesse.coupons.CodeKeys;
import io.largesse.coupons.CodeReader;
import io.largesse.coupons.CodeReading;
import io.largesse.coupons.RefusedException;
import io.largesse.coupons.RunState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GenerateCodesTest {

    private static Node node;

    @BeforeAll
    static void start() {
        node = Node.start();
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @ParameterizedTest
    @EnumSource(CodeFormat.class)
    void theCodesAreDistinctReadableAndEvenlySpread(CodeFormat format) {
        var campaign = node.campaign(50_000, format);
        node.generate(campaign, 40_003);

        var level = node.pools().level(campaign.pool());
        assertThat(level.sum()).isEqualTo(40_003);
        assertThat(level.shards()).allMatch(shard -> shard == 5_000 || shard == 5_001);

        var reader = CodeReader.of(node.bean(CodeKeys.class));
        var codes = node.takeAll(campaign);
        assertThat(new HashSet<>(codes)).hasSize(40_003);
        assertThat(codes).allMatch(code -> reader.read(code) instanceof CodeReading.Valid);
    }

    @Test
    void severalAtOnceNeverGoBeyondTheStock() throws Exception {
        var campaign = node.campaign(10_000);
        var asks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 5; i++) {
            asks.add(() -> {
                try {
                    return node.codes()
                                    .generate(campaign, 3_000, Node.operator(), p -> {})
                                    .state()
                            == RunState.DONE;
                } catch (RefusedException e) {
                    return false;
                }
            });
        }
        var threads = Executors.newFixedThreadPool(5);
        var granted = 0;
        for (var answer : threads.invokeAll(asks)) {
            granted += answer.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(granted).isEqualTo(3);
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(9_000);
        assertThat(node.bean(Campaigns.class).byId(campaign.id()).generated()).isEqualTo(9_000);
        assertThat(new HashSet<>(node.takeAll(campaign))).hasSize(9_000);
    }

    @Test
    void toALevelGeneratesOnlyWhatIsMissing() {
        var campaign = node.campaign(10_000);
        node.generate(campaign, 1_000);

        node.codes().generateToLevel(campaign, 2_500, Node.operator(), p -> {});
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(2_500);

        node.codes().generateToLevel(campaign, 2_000, Node.operator(), p -> {});
        assertThat(node.pools().level(campaign.pool()).sum()).isEqualTo(2_500);
    }

    @Test
    void moreThanTheStockIsRefused() {
        var campaign = node.campaign(10);
        assertThatThrownBy(() -> node.codes().generate(campaign, 11, Node.operator(), p -> {}))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("--stock");
    }
}
