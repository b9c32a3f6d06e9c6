package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.scheduler.Clockwork;
import io.largesse.scheduler.FireRunner;
import io.largesse.scheduler.Planner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What a node with the role {@code scheduler} does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("largesse.roles.scheduler")
@EnableConfigurationProperties(WebhookSettings.class)
public class ScheduleConfiguration {

    private static final int LEAST_SECRET = 32;

    /** By the clock that all nodes share. */
    @Bean
    Planner planner(Schedules schedules) {
        return new Planner(schedules, schedules::now);
    }

    @Bean
    Clockwork clockwork(
            DataSource database,
            PlatformTransactionManager transactions,
            Planner planner,
            Schedules schedules,
            ProcessName self) {
        return new Clockwork(database, transactions, planner, schedules, self.value());
    }

    /** Two, so that one that takes hours keeps a short one waiting only if there is a second of them. */
    @Bean
    FireLoop fireLoop(Schedules schedules, JobDesk jobs, Runs runs, ProcessName self) {
        return new FireLoop(new FireRunner(schedules, jobs, runs, self), 1);
    }

    @Bean
    FireLoop otherFireLoop(Schedules schedules, JobDesk jobs, Runs runs, ProcessName self) {
        return new FireLoop(new FireRunner(schedules, jobs, runs, self), 2);
    }

    @Bean
    @ConditionalOnProperty("largesse.webhook.url")
    Webhook webhook(Runs runs, WebhookSettings settings, Clock clock) throws IOException {
        var file = settings.secretFile();
        var secret = file == null ? new byte[0] : Files.readString(file).strip().getBytes(StandardCharsets.UTF_8);
        var url = settings.url();
        if (url == null || !String.valueOf(url.getScheme()).matches("https?") || secret.length < LEAST_SECRET) {
            throw new IllegalStateException(
                    "largesse.webhook.url must be an http or https address, and needs largesse.webhook.secret-file, a file with at least "
                            + LEAST_SECRET + " characters");
        }
        return new Webhook(runs, url, secret, clock);
    }
}
