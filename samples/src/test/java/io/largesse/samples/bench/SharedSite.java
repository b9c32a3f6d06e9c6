package io.largesse.samples.bench;

import java.nio.file.Path;

/** One home for all tests of this process: servers and application are started once. */
final class SharedSite {

    private static final Site SITE = start();

    private SharedSite() {}

    static Site get() {
        return SITE;
    }

    private static Site start() {
        var target = Path.of("target").toAbsolutePath();
        var site = Site.open(
                target.resolve("fire-" + System.getProperty("largesse.fork", "0")), target.resolve("program.jsa"));
        Runtime.getRuntime().addShutdownHook(new Thread(site::close));
        return site;
    }
}
