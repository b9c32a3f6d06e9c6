package io.largesse.app;

import io.largesse.app.cli.Node;
import io.largesse.coupons.Installation;
import io.largesse.coupons.RefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as one Spring context, whose beans are made when they are first used. */
public final class SpringNode implements Node {

    /** For the command line. */
    static final Factory FACTORY = new Factory() {
        @Override
        public Node open(Path home) {
            return new SpringNode(home);
        }

        @Override
        public Node serve(Path home, Map<String, String> settings) {
            return serving(home, settings);
        }
    };

    /** Somebody waits for each answer: rather none than a late one. */
    private static final Map<String, String> SERVING = Map.of("spring.datasource.hikari.connection-timeout", "3000");

    private final ConfigurableApplicationContext context;

    public SpringNode(Path home) {
        this(home, Map.of());
    }

    /** @param settings by their names; what the environment says goes before them */
    public SpringNode(Path home, Map<String, String> settings) {
        this(home, settings, commandLine(), WebApplicationType.NONE);
    }

    private static SpringApplication commandLine() {
        // it would load what only a web server needs
        System.setProperty("spring.backgroundpreinitializer.ignore", "true");
        return new SpringApplication(LargesseApplication.class);
    }

    /** A node that answers requests and works by itself until it is closed. */
    public static SpringNode serving(Path home, Map<String, String> settings) {
        // what logs by Java's own means goes where all the rest goes
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        var application = new SpringApplication(ServerApplication.class);
        var all = new HashMap<>(SERVING);
        all.putAll(settings);
        return new SpringNode(home, all, application, WebApplicationType.SERVLET);
    }

    private SpringNode(
            Path home, Map<String, String> settings, SpringApplication application, WebApplicationType type) {
        prepare(home);
        application.setWebApplicationType(type);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setLazyInitialization(type == WebApplicationType.NONE);
        var defaults = new HashMap<String, Object>(settings);
        defaults.putIfAbsent("spring.datasource.hikari.connection-timeout", "20000");
        defaults.put("largesse.process-name", ProcessId.make());
        application.setDefaultProperties(defaults);
        context = application.run(
                "--largesse.home=" + home, "--spring.config.additional-location=optional:file:" + home + "/");
        try {
            context.getBean(Installation.class)
                    .requireShards(
                            context.getBean(LargesseSettings.class).pools().shards());
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** Before anything is logged or a temporary file is made: both go under the home. */
    private static void prepare(Path home) {
        var temporary = home.resolve("tmp");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw RefusedException.of("app.home", home, e.getClass().getSimpleName());
        }
        System.setProperty("java.io.tmpdir", temporary.toString());
        // logback.xml says where logs go; Boot would spend a tenth of a second on finding out
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    }

    @Override
    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public int port() {
        return Integer.parseInt(context.getEnvironment().getProperty("local.server.port", "0"));
    }

    @Override
    public void close() {
        context.close();
    }
}
