package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Who uses the services: one file for each use, named by process id, locked as long as the use lasts. The lock says
 * that the user lives; the process id is only for people to read.
 */
final class Users {
    private final Path directory;

    Users(Home home) {
        this.directory = home.users();
    }

    /** Enters a use of this process. The file is locked before its name appears, so a named file without a lock is a dead user's. */
    FileHold enter() throws IOException {
        var name = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
        var hidden = directory.resolve("." + name);
        var hold = FileHold.tryTake(hidden);
        if (hold == null) {
            throw new IOException("somebody else locked " + hidden);
        }
        hold.moveTo(directory.resolve(name));
        return hold;
    }

    /** Leaves: takes the name away first, so that nobody can see the file without its lock. */
    void leave(FileHold hold) {
        try {
            Files.deleteIfExists(hold.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            hold.close();
        }
    }

    /** The process ids of the living users, one for each use. */
    List<Long> pids() {
        return files().stream()
                .filter(FileHold::isTaken)
                .map(file -> file.getFileName().toString())
                .map(name -> Long.parseLong(name.substring(0, name.indexOf('-'))))
                .sorted()
                .toList();
    }

    /** Whether anyone is there; the files of the dead are removed on the way. Only the services process sweeps. */
    boolean sweep() {
        boolean anyone = false;
        for (var file : files()) {
            if (FileHold.isTaken(file)) {
                anyone = true;
            } else {
                delete(file);
            }
        }
        return anyone;
    }

    private List<Path> files() {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+-.+"))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
