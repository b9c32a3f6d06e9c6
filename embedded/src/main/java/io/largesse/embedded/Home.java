package io.largesse.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where everything of one set of services lies. Two homes never share anything; one home is one set of services. */
record Home(Path root) {

    /** The home behind a path, with its directories made and its real name, so that two spellings are one home. */
    static Home prepare(Path path) {
        try {
            if (!Files.exists(path)) {
                PrivateFiles.directory(path);
            }
            var home = new Home(path.toRealPath());
            home.refuseForeignOwner();
            PrivateFiles.directory(home.services());
            PrivateFiles.directory(home.users());
            PrivateFiles.directory(home.temporary());
            PrivateFiles.directory(home.data());
            PrivateFiles.directory(home.logs());
            return home;
        } catch (IOException e) {
            throw new ServicesException(
                    "The local services cannot use " + path.toAbsolutePath() + ": " + e
                            + ". Make it writable for this user, or set LARGESSE_HOME to another directory.",
                    e);
        }
    }

    /** The home as it is found; nothing is created. */
    static Home existing(Path path) {
        try {
            return new Home(path.toRealPath());
        } catch (IOException e) {
            return new Home(path.toAbsolutePath().normalize());
        }
    }

    /** A database directory belongs to one operating system user: root is refused too, since it gives up its powers for PostgreSQL. */
    private void refuseForeignOwner() throws IOException {
        if (!Files.exists(services())) {
            return;
        }
        long me = new UnixSystem().getUid();
        if (((Number) Files.getAttribute(services(), "unix:uid")).longValue() != me) {
            throw new ServicesException("The local services in " + root + " belong to the user "
                    + Files.getOwner(services()) + ", so this user cannot run them. Run as that user, or set"
                    + " LARGESSE_HOME to a directory of your own.");
        }
    }

    /** Control files, secrets and unpacked binaries. */
    Path services() {
        return root.resolve("services");
    }

    /** One file for each user of the services; see {@link Users}. */
    Path users() {
        return services().resolve("users");
    }

    Path temporary() {
        return services().resolve("tmp");
    }

    Path data() {
        return root.resolve("data");
    }

    Path postgresData() {
        return data().resolve("postgres");
    }

    Path redisData() {
        return data().resolve("redis");
    }

    Path objectData() {
        return data().resolve("s3");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /** Held by whoever starts the services, so that they are started once. */
    Path launchLock() {
        return services().resolve("launch.lock");
    }

    /** Held by the services process as long as it lives. */
    Path servicesLock() {
        return services().resolve("services.lock");
    }

    Path state() {
        return services().resolve("state.properties");
    }

    /** While it exists, the services stop, and no user of them starts them again. */
    Path halt() {
        return services().resolve("halt");
    }

    /** While it exists, the object store's endpoint is closed: a fault that tests ask for. */
    Path objectStoreOff() {
        return services().resolve("s3.off");
    }

    Remembered postgres() {
        return new Remembered(services().resolve("postgres.properties"));
    }

    Remembered redis() {
        return new Remembered(services().resolve("redis.properties"));
    }

    Remembered objectStore() {
        return new Remembered(services().resolve("s3.properties"));
    }

    Path redisConf() {
        return services().resolve("redis.conf");
    }

    Path redisPid() {
        return services().resolve("redis.pid");
    }
}
