package io.largesse.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The S3 endpoint of a home: inside the services process, over plain files. */
final class ObjectStoreEndpoint implements LocalServer {
    static final String BUCKET = "largesse";
    static final String REGION = "us-east-1";
    private static final Logger log = LoggerFactory.getLogger(ObjectStoreEndpoint.class);
    private static final String ACCESS_KEY = "access-key";
    private static final String SECRET_KEY = "secret-key";
    private static final int ATTEMPTS = 5;
    private static final long LARGEST_OBJECT = 5L << 30;

    private final Home home;
    private volatile @Nullable S3Proxy endpoint;
    private volatile boolean off;

    ObjectStoreEndpoint(Home home) {
        this.home = home;
    }

    static String accessKey(Home home) {
        return home.objectStore().get(ACCESS_KEY);
    }

    static String secretKey(Home home) {
        return home.objectStore().get(SECRET_KEY);
    }

    static URI address(Home home) {
        return URI.create("http://" + Ports.LOOPBACK + ":" + home.objectStore().port());
    }

    @Override
    public String name() {
        return "the S3 endpoint";
    }

    @Override
    public void start() throws StartException {
        try {
            PrivateFiles.directory(home.objectData());
            PrivateFiles.directory(home.objectData().resolve(BUCKET));
        } catch (IOException e) {
            throw new StartException(
                    home.objectData() + " cannot be written (" + e + "): make room on the disk or make it writable", e);
        }
        for (int attempt = 1; ; attempt++) {
            int port = Ports.preferably(home.objectStore().port());
            home.objectStore().port(port);
            try {
                endpoint = open(home.objectData());
                off = false;
                log.info("The S3 endpoint answers on port {}", port);
                return;
            } catch (Exception e) {
                if (attempt == ATTEMPTS || Ports.isFree(port)) {
                    throw new StartException(
                            "the S3 endpoint did not start (" + e + "): see " + home.log("services"), e);
                }
            }
        }
    }

    private S3Proxy open(Path directory) throws Exception {
        var settings = new Properties();
        settings.setProperty("jclouds.filesystem.basedir", directory.toString());
        var files = BlobStores.create("filesystem-nio2", settings);
        var proxy = S3Proxy.builder()
                .blobStore(files)
                .endpoint(address(home))
                .awsAuthentication(
                        AuthenticationType.AWS_V4,
                        home.objectStore().secret(ACCESS_KEY),
                        home.objectStore().secret(SECRET_KEY))
                // newer SDKs send headers it does not know
                .ignoreUnknownHeaders(true)
                .maxSinglePartObjectSize(LARGEST_OBJECT)
                .v4MaxNonChunkedRequestSize(256L << 20)
                .stopTimeout(0)
                .build();
        proxy.start();
        return proxy;
    }

    @Override
    public boolean alive() {
        return off || endpoint != null;
    }

    /** Closes or opens the endpoint as tests ask for; closed on purpose counts as alive. */
    void obey(boolean wantedOff) throws StartException {
        if (wantedOff && !off) {
            off = true;
            stop();
        } else if (!wantedOff && off) {
            start();
        }
    }

    @Override
    public void stop() {
        var open = endpoint;
        endpoint = null;
        if (open == null) {
            return;
        }
        try {
            open.stop();
        } catch (Exception e) {
            log.warn("The S3 endpoint did not close in order; what was written is on disk all the same", e);
        }
    }
}
