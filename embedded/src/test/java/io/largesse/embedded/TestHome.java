package io.largesse.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A home for one test class, in the build directory, which must leave no process behind. */
final class TestHome {
    /** Longer than the services themselves may take to start or to stop. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    final Path path;

    private TestHome(Path path) {
        this.path = path;
    }

    static TestHome fresh(Class<?> test) throws IOException {
        var path = Path.of("target", "homes", test.getSimpleName());
        Bundled.deleteTree(path);
        Files.createDirectories(path);
        return new TestHome(path.toRealPath());
    }

    Home home() {
        return Home.existing(path);
    }

    ServicesStatus status() {
        return EmbeddedServices.status(path);
    }

    /**
     * Waits until the services have noticed that nobody is left, and have stopped. A process that is ending shows no
     * arguments any more, some time before it lets go of its locks.
     */
    void awaitStopped() {
        await().atMost(PATIENCE).until(() -> processes().isEmpty() && !FileHold.isTaken(home().servicesLock()));
        assertThat(status().running()).isFalse();
    }

    /** Every process that was started for this home. */
    List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> Arrays.stream(process.info().arguments().orElse(new String[0]))
                        .anyMatch(argument -> argument.startsWith(path.toString())))
                .map(process ->
                        process.pid() + " " + process.info().commandLine().orElse(""))
                .toList();
    }
}
