package io.largesse.samples.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The barest client of Redis: commands are sent one after the other, and the answers are read when all are sent. */
final class RedisPipe implements AutoCloseable {

    private final Socket socket;
    private final BufferedReader answers;

    /** @param url redis://:password@host:port */
    RedisPipe(String url) throws IOException {
        var uri = URI.create(url);
        socket = new Socket(uri.getHost(), uri.getPort());
        answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        var password = uri.getUserInfo().substring(uri.getUserInfo().indexOf(':') + 1);
        send(List.of(command("AUTH", List.of(password))));
    }

    /** A command in Redis' own form. */
    static byte[] command(String name, List<String> arguments) {
        var bytes = new ByteArrayOutputStream(arguments.size() * 40 + 64);
        bytes.writeBytes(ascii("*" + (arguments.size() + 1) + "\r\n"));
        append(bytes, name);
        arguments.forEach(argument -> append(bytes, argument));
        return bytes.toByteArray();
    }

    private static void append(ByteArrayOutputStream bytes, String word) {
        bytes.writeBytes(ascii("$" + word.length() + "\r\n" + word + "\r\n"));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Sends all commands, then reads as many answers of one line each. */
    void send(List<byte[]> commands) throws IOException {
        var out = socket.getOutputStream();
        for (var command : commands) {
            out.write(command);
        }
        for (int i = 0; i < commands.size(); i++) {
            var answer = answers.readLine();
            if (answer == null || answer.startsWith("-")) {
                throw new IOException("Redis answered " + answer);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
