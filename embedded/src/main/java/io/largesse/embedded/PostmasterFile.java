package io.largesse.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;

/** postmaster.pid as PostgreSQL writes it: process id, data directory, start time, port, …, status in the eighth line. */
record PostmasterFile(long pid, int port, String status) {

    static Optional<PostmasterFile> read(Home home) {
        List<String> lines;
        try {
            lines = Files.readAllLines(home.postgresData().resolve("postmaster.pid"));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // half-written or garbage: as good as none
            return Optional.empty();
        }
        try {
            return Optional.of(new PostmasterFile(
                    Long.parseLong(lines.get(0).strip()),
                    lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                    lines.size() > 7 ? lines.get(7).strip() : ""));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    boolean ready() {
        return status.equals("ready");
    }

    /** The server that wrote the file, if it still lives and is this home's; never a stranger with its process id. */
    static Optional<ServerProcess> server(Home home) {
        return read(home).flatMap(file -> ServerProcess.find(file.pid(), identity(home)));
    }

    static ServerProcess.Identity identity(Home home) {
        return new ServerProcess.Identity("postgres", home.postgresData().toString());
    }
}
