package io.largesse.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, and how this user may run them. */
record PostgresPrograms(Path directory, List<String> prefix) {

    static PostgresPrograms unpacked(Home home) throws StartException {
        var resource = "postgres-" + Bundled.system() + "-" + (Bundled.onArm() ? "arm_64" : "x86_64") + ".txz";
        return new PostgresPrograms(
                Bundled.unpacked(home, "postgres", resource, PostgresPrograms::extract), prefixForThisUser());
    }

    List<String> command(String program, String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(directory.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace of its own, root is nobody to the processes in it, while
     * the files stay the caller's: nothing has to change hands. unshare replaces itself, so the process id stays too.
     */
    private static List<String> prefixForThisUser() throws StartException {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        var prefix = List.of("unshare", "-U");
        if (!works(prefix)) {
            throw new StartException("PostgreSQL refuses to run as root, and this system does not let root drop its"
                    + " powers by `unshare -U`: run as another user, or allow user namespaces (in a container, its"
                    + " seccomp profile)");
        }
        return prefix;
    }

    private static boolean works(List<String> prefix) {
        var command = new ArrayList<>(prefix);
        command.add("true");
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void extract(Path directory, InputStream content) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(content))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = directory.resolve(entry.getName()).normalize();
                if (!path.startsWith(directory)) {
                    throw new IOException("an entry leads out of the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    if (entry.getName().contains("bin/")) {
                        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }
}
