package io.largesse.app;

import io.largesse.app.claim.ClaimConfiguration;
import io.largesse.app.schedule.ScheduleConfiguration;
import io.largesse.app.schedule.ScheduleHealthConfiguration;
import io.largesse.app.schedule.WebhookConfiguration;
import io.largesse.app.worker.WorkerConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A node that stays: the application, a web server, and what the node does by itself. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = ObservationAutoConfiguration.class) // an observation of each filter of each request
@Import({
    LargesseApplication.class,
    ClaimConfiguration.class,
    WorkerConfiguration.class,
    ScheduleConfiguration.class,
    ScheduleHealthConfiguration.class,
    WebhookConfiguration.class
})
class ServerApplication {}
