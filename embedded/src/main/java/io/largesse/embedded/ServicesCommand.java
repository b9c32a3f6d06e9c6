package io.largesse.embedded;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The command line of the services process: this Java, this class path, a session of its own. */
final class ServicesCommand {

    private ServicesCommand() {}

    static List<String> of(Home home) {
        var command = new ArrayList<>(detached());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + home.temporary(),
                "-Djava.awt.headless=true",
                "-Dlargesse.services.logs=" + home.logs(),
                "-Dlogback.configurationFile=io/largesse/embedded/services-logback.xml"));
        command.addAll(classPathAndMain());
        command.add(home.root().toString());
        return command;
    }

    /** Without setsid, the process at least ignores what a terminal sends: an ignored signal stays ignored through exec. */
    private static List<String> detached() {
        var ownSession = OwnSession.prefix();
        return ownSession.isEmpty() ? List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh") : ownSession;
    }

    private static List<String> classPathAndMain() {
        var classPath = absolute(classPath());
        if (insideNestedJar()) {
            // an application packed as one jar with jars inside: only its own loader can read those
            return List.of(
                    "-cp",
                    classPath,
                    "-Dloader.main=" + ServicesMain.class.getName(),
                    "org.springframework.boot.loader.launch.PropertiesLauncher");
        }
        return List.of("-cp", classPath, ServicesMain.class.getName());
    }

    /** A test runner may have started from a jar that only points to the class path; then it says the real one. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
    }

    private static boolean insideNestedJar() {
        var location = ServicesMain.class.getResource("ServicesMain.class");
        return location != null && location.toString().startsWith("jar:nested:");
    }

    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
