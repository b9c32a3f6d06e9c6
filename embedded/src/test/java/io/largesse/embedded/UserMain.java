package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** A user of the services in a process of its own: says its settings, then holds on until its input ends. */
final class UserMain {
    private UserMain() {}

    public static void main(String[] args) throws IOException {
        long begin = System.nanoTime();
        try (var services = EmbeddedServices.use(Path.of(args[0]))) {
            services.properties().forEach((key, value) -> System.out.println(key + "=" + value));
            System.out.println("millis=" + (System.nanoTime() - begin) / 1_000_000);
            System.out.println("ready");
            System.in.read();
        }
    }
}
