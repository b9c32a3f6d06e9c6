package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server as a process of the operating system, told from a stranger with the same process id by the program it runs
 * and by an argument that no other server has: its directory or its configuration file.
 */
final class ServerProcess {

    /** A program's name and an argument that only our server was given. */
    record Identity(String program, String argument) {
        boolean is(ProcessHandle process) {
            var info = process.info();
            // a zombie has neither, and counts as gone
            return info.command().filter(path -> path.endsWith("/" + program)).isPresent()
                    && Arrays.asList(info.arguments().orElse(new String[0])).contains(argument);
        }
    }

    private final ProcessHandle process;
    private final Identity identity;

    private ServerProcess(ProcessHandle process, Identity identity) {
        this.process = process;
        this.identity = identity;
    }

    /** Starts the command in a session of its own, with what it prints at the end of the log. */
    static ServerProcess spawn(Identity identity, List<String> command, Path directory, Path log) throws IOException {
        var words = new ArrayList<>(OwnSession.prefix());
        words.addAll(command);
        var builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        return new ServerProcess(builder.start().toHandle(), identity);
    }

    /** The server with that process id, if it is this server and no stranger. */
    static Optional<ServerProcess> find(long pid, Identity identity) {
        return ProcessHandle.of(pid).filter(identity::is).map(process -> new ServerProcess(process, identity));
    }

    long pid() {
        return process.pid();
    }

    /** For processes of our own and adopted ones alike. */
    boolean alive() {
        return process.isAlive() && (identity.is(process) || isStillBecoming());
    }

    /** Between fork and exec the process still looks like its starter (or like setsid, or unshare). */
    private boolean isStillBecoming() {
        return process.parent().map(ProcessHandle.current()::equals).orElse(false);
    }

    /** Signals the process, having checked again who it is. */
    void signal(String name) {
        if (!alive()) {
            return;
        }
        if (name.equals("KILL")) {
            process.destroyForcibly();
            return;
        }
        send(name, process);
    }

    /** Signals the process and then those that it started: it starts none that are missed once it is stopped. */
    void signalAll(String name) {
        if (alive()) {
            send(name, process);
            process.descendants().forEach(child -> send(name, child));
        }
    }

    private static void send(String name, ProcessHandle process) {
        try {
            new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            process.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean awaitExit(Duration patience) {
        return Waiting.until(patience, () -> !alive());
    }
}
