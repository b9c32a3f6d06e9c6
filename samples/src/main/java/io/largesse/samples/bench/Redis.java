package io.largesse.samples.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Redis by its own commands over a plain socket, without the product's client. Bytes are ISO 8859-1 characters. */
final class Redis implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream answers;

    private Redis(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedInputStream(socket.getInputStream());
    }

    /** @param address {@code redis://:password@host:port} */
    static Redis at(URI address) {
        try {
            var socket = new Socket(address.getHost(), address.getPort());
            socket.setSoTimeout(PATIENCE_MILLIS);
            var redis = new Redis(socket);
            redis.ask("AUTH", address.getUserInfo().substring(1));
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer: a String, a Long, a List of these, or null. */
    @Nullable
    Object ask(String... words) {
        try {
            var request = new ByteArrayOutputStream();
            request.write(bytes("*" + words.length + "\r\n"));
            for (var word : words) {
                request.write(bytes("$" + word.length() + "\r\n" + word + "\r\n"));
            }
            socket.getOutputStream().write(request.toByteArray());
            return answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An answer that is a list of strings. */
    List<String> strings(String... words) {
        return ask(words) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** All keys that match a pattern. Only who judges from outside may ask so. */
    List<String> keys(String pattern) {
        var keys = new ArrayList<String>();
        var cursor = "0";
        do {
            var page = (List<?>) ask("SCAN", cursor, "MATCH", pattern, "COUNT", "1000");
            if (page == null) {
                throw new IllegalStateException("no answer to SCAN");
            }
            cursor = String.valueOf(page.get(0));
            ((List<?>) page.get(1)).forEach(key -> keys.add(String.valueOf(key)));
        } while (!cursor.equals("0"));
        return keys.stream().distinct().sorted().toList();
    }

    private @Nullable Object answer() throws IOException {
        var line = line();
        var rest = line.substring(1);
        return switch (line.charAt(0)) {
            case '+' -> rest;
            case ':' -> Long.valueOf(rest);
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("Redis answered " + line);
        };
    }

    private @Nullable String bulk(int length) throws IOException {
        if (length < 0) {
            return null;
        }
        var text = new String(answers.readNBytes(length), StandardCharsets.ISO_8859_1);
        line();
        return text;
    }

    private List<@Nullable Object> list(int size) throws IOException {
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0; i < size; i++) {
            list.add(answer());
        }
        return list;
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = answers.read(); next != '\n'; next = answers.read()) {
            if (next < 0) {
                throw new EOFException("Redis closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
