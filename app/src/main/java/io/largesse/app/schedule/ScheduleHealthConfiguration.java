package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every node tells of schedules, whatever its roles: the node that should tell may be the one that is away. */
@Configuration(proxyBeanMethods = false)
public class ScheduleHealthConfiguration {

    @Bean
    ScheduleHealth scheduleHealth(Schedules schedules, Runs runs) {
        return new ScheduleHealth(schedules, runs);
    }
}
