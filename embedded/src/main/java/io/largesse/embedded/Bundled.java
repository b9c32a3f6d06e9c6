package io.largesse.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** Programs that come inside jars, unpacked once into the home, in a directory named by what is in it. */
final class Bundled {

    /** Writes what the resource holds into a directory. */
    interface Unpacking {
        void into(Path directory, InputStream content) throws IOException;
    }

    private Bundled() {}

    static Path unpacked(Home home, String name, String resource, Unpacking unpacking) throws StartException {
        var url = Bundled.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw new StartException("there is no " + name + " for this machine (" + resource
                    + ") on the class path: add the artifact for it, or set the address of a " + name + " of your own");
        }
        try {
            var connection = url.openConnection();
            var mark = connection instanceof JarURLConnection jar
                    ? Long.toHexString(jar.getJarEntry().getCrc())
                    : Long.toHexString(connection.getContentLengthLong());
            var target = home.services().resolve(name + "-" + mark);
            if (!Files.isDirectory(target)) {
                try (var content = connection.getInputStream()) {
                    unpack(content, home.temporary().resolve(name + "-" + UUID.randomUUID()), target, unpacking);
                }
            }
            return target;
        } catch (IOException e) {
            throw new StartException(
                    name + " could not be unpacked into " + home.services() + " (" + e
                            + "): make room on the disk or make it writable",
                    e);
        }
    }

    /** Under a passing name first: a directory with the final name is complete. */
    private static void unpack(InputStream content, Path passing, Path target, Unpacking unpacking) throws IOException {
        Files.createDirectories(passing);
        unpacking.into(passing, content);
        Files.move(passing, target);
    }

    /** The words by which the artifacts name this machine: system, then architecture. */
    static String system() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    static boolean onArm() {
        return System.getProperty("os.arch", "").equals("aarch64");
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (var path : tree.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
