package io.largesse.pools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisConnectionTest {

    @Test
    void noPasswordIsShown() {
        var secret = new RedisConnection("redis://largesse:s3cret@redis.example:6379/2");
        assertThat(secret).hasToString("redis://redis.example:6379/2");
    }

    @Test
    void aTimeoutThatEndsNoRequestIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisConnection("redis://a", Duration.ZERO, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new RedisConnection("redis://a", Duration.ofDays(1), 1));
    }
}
