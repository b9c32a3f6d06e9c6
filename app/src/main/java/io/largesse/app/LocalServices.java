package io.largesse.app;

import io.largesse.coupons.RefusedException;
import io.largesse.embedded.EmbeddedServices;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.BootstrapContextClosedEvent;
import org.springframework.boot.bootstrap.ConfigurableBootstrapContext;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.event.ApplicationFailedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Uses the local services of the home if no other services are set. All or none: a database of one installation with
 * the pools of another would issue codes that are taken.
 */
final class LocalServices implements EnvironmentPostProcessor, Ordered {

    private static final List<String> SETTINGS =
            List.of("spring.datasource.url", "spring.data.redis.url", "largesse.store.endpoint");

    private final ConfigurableBootstrapContext bootstrap;

    LocalServices(ConfigurableBootstrapContext bootstrap) {
        this.bootstrap = bootstrap;
    }

    @Override
    public int getOrder() {
        return ConfigDataEnvironmentPostProcessor.ORDER + 1;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var home = environment.getProperty("largesse.home");
        var missing =
                SETTINGS.stream().filter(s -> !environment.containsProperty(s)).toList();
        if (home == null || missing.isEmpty()) {
            return;
        }
        if (missing.size() < SETTINGS.size()) {
            var set = SETTINGS.stream().filter(s -> !missing.contains(s)).toList();
            throw RefusedException.of("app.services.some", String.join(", ", set), String.join(", ", missing));
        }
        var services = EmbeddedServices.use(Path.of(home));
        var properties = new LinkedHashMap<String, Object>(services.properties());
        environment.getPropertySources().addFirst(new MapPropertySource("local services", properties));
        application.addListeners(new CloseOnFailure(services));
        bootstrap.addCloseListener(e -> closeLast(services, e));
    }

    /** A class, not a lambda: of a lambda Spring cannot tell the event, and tries each one of every request on it. */
    private record CloseOnFailure(EmbeddedServices services) implements ApplicationListener<ApplicationFailedEvent> {

        @Override
        public void onApplicationEvent(ApplicationFailedEvent event) {
            services.close();
        }
    }

    /** What is registered before any bean is destroyed after all of them. */
    private static void closeLast(EmbeddedServices services, BootstrapContextClosedEvent event) {
        var beans = (org.springframework.beans.factory.support.DefaultSingletonBeanRegistry)
                event.getApplicationContext().getBeanFactory();
        beans.registerDisposableBean("localServices", services::close);
    }
}
