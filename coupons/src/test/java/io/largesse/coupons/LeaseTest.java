package io.largesse.coupons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaseTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT1.999S", "PT0S", "PT-5S", "PT10M0.001S"})
    void aLeaseOutsideItsBoundsIsRefused(Duration time) {
        assertThatThrownBy(() -> new Lease(time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 s to 10 min");
    }

    @Test
    void severalBeatsFitIntoEachLease() {
        assertThat(new Lease(Duration.ofSeconds(2)).beat()).isEqualTo(Duration.ofMillis(250));
        assertThat(Lease.DEFAULT.beat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(new Lease(Duration.ofMinutes(10)).beat()).isEqualTo(Duration.ofSeconds(1));
    }
}
