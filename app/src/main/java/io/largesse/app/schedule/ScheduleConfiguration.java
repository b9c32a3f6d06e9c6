package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.scheduler.Clockwork;
import io.largesse.scheduler.FireRunner;
import io.largesse.scheduler.Planner;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What a node with the role {@code scheduler} does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("largesse.roles.scheduler")
public class ScheduleConfiguration {

    @Bean
    Planner planner(Schedules schedules, Clock clock) {
        return new Planner(schedules, clock);
    }

    @Bean
    Clockwork clockwork(
            DataSource database,
            PlatformTransactionManager transactions,
            Planner planner,
            Schedules schedules,
            Clock clock,
            ProcessName self) {
        return new Clockwork(database, transactions, planner, schedules, clock, self.value());
    }

    @Bean
    FireLoop fireLoop(Schedules schedules, JobDesk jobs, Runs runs, ProcessName self) {
        return new FireLoop(new FireRunner(schedules, jobs, runs, self));
    }

    @Bean
    ScheduleHealth scheduleHealth(Schedules schedules, Runs runs, Clock clock) {
        return new ScheduleHealth(schedules, runs, clock);
    }
}
