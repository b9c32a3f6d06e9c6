package io.largesse.samples.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The claim script itself, one call for each user, in Redis' own form. */
final class ScriptClaims implements LoadLoop.Protocol {

    private final byte[] greeting;
    private final List<byte[]> commands;
    final Latencies latencies = new Latencies();
    int errors;

    /** @param greeting the AUTH command */
    ScriptClaims(byte[] greeting, List<byte[]> commands) {
        this.greeting = greeting;
        this.commands = commands;
    }

    @Override
    public byte[] greeting() {
        return greeting;
    }

    @Override
    public @Nullable ByteBuffer next(int number) {
        return number < commands.size() ? ByteBuffer.wrap(commands.get(number)) : null;
    }

    /** A text with its length before it; or an error's line. */
    @Override
    public int length(ByteBuffer answer) {
        int line = endOfLine(answer, 0);
        if (line == 0 || answer.get(0) != '$') {
            return line;
        }
        var text = new String(answer.array(), 1, line - 3, StandardCharsets.US_ASCII);
        int end = line + Integer.parseInt(text) + 2;
        return end <= answer.limit() ? end : 0;
    }

    private static int endOfLine(ByteBuffer answer, int from) {
        for (int i = from; i + 1 < answer.limit(); i++) {
            if (answer.get(i) == '\r' && answer.get(i + 1) == '\n') {
                return i + 2;
            }
        }
        return 0;
    }

    @Override
    public void answered(int number, ByteBuffer answer, long nanos) {
        latencies.add(nanos);
        var text = new String(answer.array(), 0, answer.limit(), StandardCharsets.UTF_8);
        if (!text.contains("claimed ")) {
            errors++;
        }
    }

    @Override
    public void lost(int number) {
        errors++;
    }
}
