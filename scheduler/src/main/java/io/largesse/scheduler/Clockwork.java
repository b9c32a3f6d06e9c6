package io.largesse.scheduler;

import io.largesse.coupons.Schedules;
import java.util.Properties;
import javax.sql.DataSource;
import org.quartz.JobBuilder;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.quartz.SchedulerFactoryBean;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Quartz on a node: its store is the database, which all nodes share, so each alarm rings on one of them. */
public final class Clockwork implements SmartLifecycle {

    private final SchedulerFactoryBean factory = new SchedulerFactoryBean();
    private final Planner planner;
    private final Schedules schedules;
    private final TransactionTemplate transactions;

    public Clockwork(
            DataSource database,
            PlatformTransactionManager transactions,
            Planner planner,
            Schedules schedules,
            String node) {
        this.planner = planner;
        this.schedules = schedules;
        this.transactions = new TransactionTemplate(transactions);
        factory.setDataSource(database);
        factory.setTransactionManager(transactions);
        factory.setQuartzProperties(properties(node));
        factory.setAutoStartup(false);
        factory.setWaitForJobsToCompleteOnShutdown(true);
    }

    private static Properties properties(String node) {
        var properties = new Properties();
        properties.setProperty("org.quartz.scheduler.instanceName", "largesse");
        properties.setProperty("org.quartz.scheduler.instanceId", node);
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", "1");
        properties.setProperty(
                "org.quartz.jobStore.driverDelegateClass", "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        properties.setProperty("org.quartz.jobStore.isClustered", "true");
        properties.setProperty("org.quartz.jobStore.clusterCheckinInterval", "5000");
        properties.setProperty("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        properties.setProperty("org.quartz.jobStore.useProperties", "true");
        return properties;
    }

    @Override
    public void start() {
        try {
            factory.afterPropertiesSet();
            Scheduler quartz = factory.getScheduler();
            var alarms = new Alarms(quartz, schedules);
            quartz.getContext().put(Look.PLANNER, planner);
            quartz.getContext().put(Look.ALARMS, (Runnable) () -> together(alarms::set));
            together(() -> {
                quartz.addJob(
                        JobBuilder.newJob(Look.class)
                                .withIdentity(Alarms.LOOK)
                                .storeDurably()
                                .build(),
                        true);
                alarms.begin();
            });
            factory.start();
        } catch (Exception e) {
            throw new IllegalStateException("the clockwork does not start", e);
        }
    }

    /** Its store takes part in transactions of others and has none of its own: without one its locks end with each statement. */
    private void together(Change change) {
        transactions.executeWithoutResult(tx -> {
            try {
                change.make();
            } catch (SchedulerException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private interface Change {
        void make() throws SchedulerException;
    }

    @Override
    public void stop() {
        try {
            factory.destroy();
        } catch (SchedulerException e) {
            throw new IllegalStateException("the clockwork does not stop", e);
        }
    }

    @Override
    public boolean isRunning() {
        return factory.isRunning();
    }
}
