package io.largesse.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.HexFormat;

/** What this process is called among all that ever use the same database: host, process id and a random part. */
final class ProcessId {

    /** PostgreSQL cuts an application name at 63 bytes. */
    private static final int LONGEST_HOST = 36;

    private ProcessId() {}

    static String make() {
        var random = new byte[4];
        new SecureRandom().nextBytes(random);
        return host() + ":" + ProcessHandle.current().pid() + ":"
                + HexFormat.of().formatHex(random);
    }

    private static String host() {
        var name = System.getenv("HOSTNAME");
        if (name == null || name.isEmpty()) {
            try {
                name = InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                name = "localhost";
            }
        }
        var plain = name.replaceAll("[^A-Za-z0-9.-]", "_");
        return plain.substring(0, Math.min(plain.length(), LONGEST_HOST));
    }
}
