package io.largesse.coupons;

import java.util.List;

/**
 * Something to tell a person, as a code with arguments; {@link Messages} turns it into words of a language.
 *
 * <p>The first segment of the code names the module that owns the text ({@code readers.file.empty} stands in
 * {@code io/largesse/readers/messages.properties} and {@code messages_zh.properties}).
 *
 * @param arguments filled into {@code {0}}, {@code {1}} …; data as typed, never trusted
 */
public record Message(String code, List<String> arguments) {

    public Message {
        arguments = List.copyOf(arguments);
    }

    public static Message of(String code, Object... arguments) {
        return new Message(
                code, java.util.Arrays.stream(arguments).map(String::valueOf).toList());
    }
}
