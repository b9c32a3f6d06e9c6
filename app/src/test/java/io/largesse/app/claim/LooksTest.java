package io.largesse.app.claim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LooksTest {

    @Test
    void aUserMayLookSoOftenInAMinuteAndOthersAreNotConcerned() {
        var now = new AtomicLong();
        var looks = new Looks(3, now::get);

        for (int i = 0; i < 3; i++) {
            assertThat(looks.mayLook("alice")).isTrue();
        }
        assertThat(looks.mayLook("alice")).isFalse();
        assertThat(looks.mayLook("bob")).isTrue();
        now.addAndGet(TimeUnit.SECONDS.toNanos(61));
        assertThat(looks.mayLook("alice")).isTrue();
    }

    @Test
    void zeroIsAnyNumber() {
        var looks = new Looks(0, () -> 0);

        for (int i = 0; i < 1_000; i++) {
            assertThat(looks.mayLook("alice")).isTrue();
        }
    }
}
