package io.largesse.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.largesse.coupons.RefusedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.mock.env.MockEnvironment;

class LocalServicesTest {

    private final MockEnvironment environment = new MockEnvironment()
            .withProperty("largesse.home", "target/never-used")
            .withProperty("spring.datasource.url", "jdbc:postgresql://db/largesse");

    @Test
    void someSettingsButNotAllAreRefusedByName() {
        assertThatThrownBy(this::process)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("spring.data.redis.url")
                .hasMessageContaining("largesse.store.endpoint");
    }

    @Test
    void withAllSettingsNothingLocalIsTouched() {
        environment
                .withProperty("spring.data.redis.url", "redis://redis:6379")
                .withProperty("largesse.store.endpoint", "https://store");

        process();

        assertThat(environment.getPropertySources().contains("local services")).isFalse();
        assertThat(Path.of("target/never-used")).doesNotExist();
    }

    private void process() {
        new LocalServices(new DefaultBootstrapContext()).postProcessEnvironment(environment, new SpringApplication());
    }
}
