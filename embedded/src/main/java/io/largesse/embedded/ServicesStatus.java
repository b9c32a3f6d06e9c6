package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * How the services of a home are at a moment.
 *
 * @param running whether a services process runs and is ready
 * @param pid of the services process
 * @param uptime of the services process; zero if there is none
 * @param userPids the processes that use the services, one entry for each use
 * @param services PostgreSQL, Redis and the S3 endpoint, in this order
 */
public record ServicesStatus(
        Path home, boolean running, OptionalLong pid, Duration uptime, List<Long> userPids, List<Service> services) {

    /**
     * One service.
     *
     * @param running whether its port answers
     * @param port 0 if it never ran
     * @param pid of its server process, if it has one of its own
     * @param dataBytes size of its files
     */
    public record Service(String name, boolean running, int port, OptionalLong pid, long dataBytes) {}

    public ServicesStatus {
        userPids = List.copyOf(userPids);
        services = List.copyOf(services);
    }

    static ServicesStatus of(Home home) {
        var state = FileHold.isTaken(home.servicesLock()) ? ServicesState.read(home) : null;
        return new ServicesStatus(
                home.root(),
                state != null && state.phase() == ServicesState.Phase.READY,
                state == null ? OptionalLong.empty() : OptionalLong.of(state.pid()),
                state == null ? Duration.ZERO : Duration.between(state.since(), Instant.now()),
                new Users(home).pids(),
                List.of(
                        service("PostgreSQL", home.postgres(), postgresPid(home), home.postgresData()),
                        service("Redis", home.redis(), redisPid(home), home.redisData()),
                        service("S3", home.objectStore(), OptionalLong.empty(), home.objectData())));
    }

    private static OptionalLong postgresPid(Home home) {
        return PostmasterFile.server(home).stream()
                .mapToLong(ServerProcess::pid)
                .findFirst();
    }

    private static OptionalLong redisPid(Home home) {
        return Redis.server(home).stream().mapToLong(ServerProcess::pid).findFirst();
    }

    private static Service service(String name, Remembered remembered, OptionalLong pid, Path data) {
        int port = remembered.port();
        return new Service(name, port != 0 && Ports.answers(port), port, pid, bytes(data));
    }

    /** Files may come and go while they are counted. */
    private static long bytes(Path directory) {
        var sum = new Object() {
            long bytes;
        };
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum.bytes += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sum.bytes;
    }
}
