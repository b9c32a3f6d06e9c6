package io.largesse.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** What one service keeps from run to run, port and secrets above all, in a file of mode 600. */
final class Remembered {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SECRET_LENGTH = 32;

    private final Path file;

    Remembered(Path file) {
        this.file = file;
    }

    @Nullable
    String find(String key) {
        try {
            return PrivateFiles.read(file).getProperty(key);
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
    }

    String get(String key) {
        var value = find(key);
        if (value == null) {
            throw new IllegalStateException("There is no " + key + " in " + file);
        }
        return value;
    }

    void put(String key, String value) {
        try {
            var properties = PrivateFiles.read(file);
            properties.setProperty(key, value);
            PrivateFiles.write(file, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The remembered secret; 190 random bits in letters and digits if there is none yet. */
    String secret(String key) {
        var known = find(key);
        if (known != null) {
            return known;
        }
        var secret = new StringBuilder();
        for (int i = 0; i < SECRET_LENGTH; i++) {
            secret.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        put(key, secret.toString());
        return secret.toString();
    }

    /** The remembered port; 0 if none is known. */
    int port() {
        try {
            var port = find("port");
            return port == null ? 0 : Integer.parseInt(port);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    void port(int port) {
        if (port != port()) {
            put("port", Integer.toString(port));
        }
    }
}
