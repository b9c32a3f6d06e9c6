package io.largesse.scheduler;

import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** What every process knows of schedules. Only nodes with the role {@code scheduler} have a {@link Clockwork}. */
@Configuration(proxyBeanMethods = false)
@ComponentScan
public class SchedulerConfiguration {}
