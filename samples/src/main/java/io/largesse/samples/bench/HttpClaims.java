package io.largesse.samples.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A claim of each of many users, by HTTP/1.1; every answer goes into a log, which tells later what must be there. */
final class HttpClaims implements LoadLoop.Protocol {

    private final String host;
    private final String campaign;
    private final List<String> tokens;
    private final BufferedWriter log;
    final Latencies latencies = new Latencies();
    int claimed;
    int refused;
    int errors;

    /**
     * @param tokens one of each user, who claims once
     * @param log a line each: the number of the request, the status, the code if there was one
     */
    HttpClaims(String host, String campaign, List<String> tokens, BufferedWriter log) {
        this.host = host;
        this.campaign = campaign;
        this.tokens = tokens;
        this.log = log;
    }

    @Override
    public @Nullable ByteBuffer next(int number) {
        return number < tokens.size()
                ? ByteBuffer.wrap(("POST /api/v1/campaigns/" + campaign + "/claims HTTP/1.1\r\nHost: " + host
                                + "\r\nAuthorization: Bearer " + tokens.get(number) + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                : null;
    }

    /** By Content-Length, or in chunks. */
    @Override
    public int length(ByteBuffer answer) {
        int end = endOfHead(answer);
        if (end == 0) {
            return 0;
        }
        var head = text(answer, 0, end).toLowerCase(java.util.Locale.ROOT);
        int at = head.indexOf("content-length:");
        if (at >= 0) {
            var length = Integer.parseInt(
                    head.substring(at + 15, head.indexOf('\r', at)).strip());
            return end + length <= answer.limit() ? end + length : 0;
        }
        return text(answer, answer.limit() - 5, answer.limit()).equals("0\r\n\r\n") ? answer.limit() : 0;
    }

    private static int endOfHead(ByteBuffer answer) {
        for (int i = 0; i + 3 < answer.limit(); i++) {
            if (answer.get(i) == '\r'
                    && answer.get(i + 1) == '\n'
                    && answer.get(i + 2) == '\r'
                    && answer.get(i + 3) == '\n') {
                return i + 4;
            }
        }
        return 0;
    }

    private static String text(ByteBuffer bytes, int from, int to) {
        return new String(bytes.array(), from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public void answered(int number, ByteBuffer answer, long nanos) {
        latencies.add(nanos);
        var text = text(answer, 0, answer.limit());
        var status = text.substring(9, 12);
        switch (status) {
            case "200", "201" -> claimed++;
            case "409", "403", "429" -> refused++;
            default -> errors++;
        }
        int at = text.indexOf("\"code\":\"");
        log(number + " " + status + " " + (at < 0 ? "-" : text.substring(at + 8, text.indexOf('"', at + 8))));
    }

    @Override
    public void lost(int number) {
        errors++;
        log(number + " lost -");
    }

    private void log(String line) {
        try {
            log.write(line + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
