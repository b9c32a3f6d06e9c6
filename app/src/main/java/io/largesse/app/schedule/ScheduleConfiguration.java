package io.largesse.app.schedule;

import io.largesse.coupons.Runs;
import io.largesse.coupons.Schedules;
import io.largesse.jobs.JobDesk;
import io.largesse.jobs.ProcessName;
import io.largesse.scheduler.Clockwork;
import io.largesse.scheduler.FireRunner;
import io.largesse.scheduler.Planner;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;

/** What a node with the role {@code scheduler} does. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("largesse.roles.scheduler")
public class ScheduleConfiguration {

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
}
