package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Every node that knows whom to tell does so, whatever its roles: the one that should may be the one that died. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("largesse.webhook.url")
@EnableConfigurationProperties(WebhookSettings.class)
public class WebhookConfiguration {

    private static final int LEAST_SECRET = 32;

    @Bean
    Webhook webhook(Runs runs, Schedules schedules, WebhookSettings settings, Clock clock) throws IOException {
        var file = settings.secretFile();
        var secret = file == null ? new byte[0] : Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        var url = settings.url();
        if (url == null || !String.valueOf(url.getScheme()).matches("https?") || secret.length < LEAST_SECRET) {
            throw new IllegalStateException(
                    "largesse.webhook.url must be an http or https address, and needs largesse.webhook.secret-file, a file with at least "
                            + LEAST_SECRET + " characters");
        }
        return new Webhook(new Notices(runs, schedules), url, secret, clock);
    }
}
