package io.largesse.embedded;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** As much of Redis' protocol as it takes to ask a server who it is. */
final class RedisTalk implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 2_000;

    private final Socket socket;
    private final InputStream answers;

    RedisTalk(int port, String password) throws IOException {
        socket = new Socket();
        try {
            socket.connect(Ports.address(port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            answers = new BufferedInputStream(socket.getInputStream());
            ask("AUTH " + password);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** The answer as text; the elements of a list are joined by line ends. An error is an IOException. */
    String ask(String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    private String answer() throws IOException {
        var line = line();
        char kind = line.isEmpty() ? ' ' : line.charAt(0);
        var rest = line.isEmpty() ? "" : line.substring(1);
        return switch (kind) {
            case '+', ':' -> rest;
            case '$' -> bulk(Integer.parseInt(rest));
            case '*' -> list(Integer.parseInt(rest));
            default -> throw new IOException("Redis answered " + line);
        };
    }

    private String bulk(int length) throws IOException {
        if (length < 0) {
            return "";
        }
        var bytes = answers.readNBytes(length);
        line();
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String list(int size) throws IOException {
        var elements = new StringBuilder();
        for (int i = 0; i < size; i++) {
            elements.append(i == 0 ? "" : "\n").append(answer());
        }
        return elements.toString();
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

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
