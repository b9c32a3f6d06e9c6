package io.largesse.embedded;

/** One of the three services. Its methods are called by one thread at a time. */
interface LocalServer {

    String name();

    /** Starts the server, or takes over the one of this home that still runs, and returns when it answers. */
    void start() throws StartException;

    /** Whether the server still runs; cheap. */
    boolean alive();

    /** Orderly stop, by force after a while; returns when the server is gone. */
    void stop();
}
