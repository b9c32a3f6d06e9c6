package io.largesse.samples.bench;

import java.net.InetSocketAddress;
import tools.jackson.databind.ObjectMapper;

/** A node that serves, as a process of its own. */
record ClaimNode(ProgramProcess program, int port) implements AutoCloseable {

    static ClaimNode start(Site site) {
        var program = site.program("serve", "--port", "0", "--json");
        Waiting.until(
                "a node to answer", () -> program.mustRun() && program.out().contains("\"port\""));
        var line = program.out()
                .lines()
                .filter(l -> l.contains("\"port\""))
                .findFirst()
                .orElse("{}");
        return new ClaimNode(
                program, new ObjectMapper().readTree(line).path("port").asInt());
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    /** SIGKILL. */
    void kill() {
        program.kill();
    }

    @Override
    public void close() {
        program.close();
    }
}
