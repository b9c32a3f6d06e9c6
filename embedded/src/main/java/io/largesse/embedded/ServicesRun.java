package io.largesse.embedded;

import io.largesse.embedded.ServicesState.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One life of the services: start all three at once, look after them while somebody uses them, stop them. */
final class ServicesRun {
    private static final Logger log = LoggerFactory.getLogger(ServicesRun.class);
    private static final long LOOK_MILLIS = 100;
    private static final int LOOKS_BETWEEN_LOG_CHECKS = 50;

    private final Home home;
    private final CountDownLatch asked;
    private final Users users;
    private final ObjectStoreEndpoint objectStore;
    private final List<Supervised> servers;
    private final ExecutorService workers = Executors.newCachedThreadPool(ServicesRun::daemon);
    private ServicesState state =
            new ServicesState(Phase.STARTING, ProcessHandle.current().pid(), Instant.now(), "");

    /** @param asked counted down when the process is to end */
    ServicesRun(Home home, CountDownLatch asked) {
        this.home = home;
        this.asked = asked;
        this.users = new Users(home);
        this.objectStore = new ObjectStoreEndpoint(home);
        this.servers = List.of(
                new Supervised(new Postgres(home), workers),
                new Supervised(new Redis(home), workers),
                new Supervised(objectStore, workers));
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "services");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether the services ran. */
    boolean run() throws IOException, InterruptedException {
        enter(state);
        log.info("Starting the services of {}", home.root());
        clearRemains();
        try {
            startAll();
        } catch (ExecutionException e) {
            fail(e.getCause() == null ? e : e.getCause());
            return false;
        }
        do {
            enter(state.in(Phase.READY));
            lookWhileUsed();
            enter(state.in(Phase.STOPPING));
            // a user may have come between the last look and the word "stopping"; later ones see that word and wait
        } while (wanted());
        log.info("Nobody uses the services any more; stopping them");
        stopAll();
        Files.deleteIfExists(home.state());
        log.info("The services are stopped");
        return true;
    }

    private void enter(ServicesState next) throws IOException {
        state = next;
        // the home itself may be gone: then there is nobody to tell
        if (Files.isDirectory(home.services())) {
            state.write(home);
        }
    }

    /** What a killed predecessor left half done. */
    private void clearRemains() throws IOException {
        Bundled.deleteTree(home.temporary());
        PrivateFiles.directory(home.temporary());
        Files.deleteIfExists(home.objectStoreOff());
        try (var remains = Files.newDirectoryStream(home.data(), "postgres.*")) {
            for (var remain : remains) {
                Bundled.deleteTree(remain);
            }
        }
    }

    private void startAll() throws ExecutionException, InterruptedException {
        var starts = servers.stream()
                .map(server -> (Callable<Void>) () -> {
                    server.start();
                    return null;
                })
                .toList();
        for (Future<Void> start : workers.invokeAll(starts)) {
            start.get();
        }
    }

    private void fail(Throwable cause) throws IOException, InterruptedException {
        log.error("The services did not start; what did start is stopped again", cause);
        stopAll();
        var why = cause instanceof StartException ? cause.getMessage() : cause.toString();
        enter(state.failed(why == null ? "" : why));
    }

    private void lookWhileUsed() throws InterruptedException {
        for (int looks = 1; wanted() && !asked.await(LOOK_MILLIS, TimeUnit.MILLISECONDS); looks++) {
            try {
                objectStore.obey(Files.exists(home.objectStoreOff()));
                servers.forEach(Supervised::look);
                if (looks % LOOKS_BETWEEN_LOG_CHECKS == 0) {
                    new ServerLog(home.log("postgres")).bound();
                    new ServerLog(home.log("redis")).bound();
                }
            } catch (StartException | IOException e) {
                log.error("A look at the services failed; the next one follows in {} ms", LOOK_MILLIS, e);
            }
        }
    }

    private boolean wanted() {
        return asked.getCount() > 0 && !Files.exists(home.halt()) && users.sweep();
    }

    private void stopAll() throws InterruptedException {
        workers.invokeAll(servers.stream()
                .map(server -> (Callable<Void>) () -> {
                    server.stop();
                    return null;
                })
                .toList());
    }
}
