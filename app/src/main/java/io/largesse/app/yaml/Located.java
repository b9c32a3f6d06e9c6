package io.largesse.app.yaml;

import io.largesse.coupons.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A message about a key of a file: the key, its line, then the code and the arguments of what is wrong there. */
public final class Located {

    private static final String CODE = "app.yaml.at";
    private static final int BEFORE = 2;

    private Located() {}

    static Message at(String key, int line, Message why) {
        var arguments = new ArrayList<>(List.of(key, Integer.toString(line), why.code()));
        arguments.addAll(why.arguments());
        return new Message(CODE, arguments);
    }

    /** What is wrong there, if this is such a message. */
    public static Optional<Message> inside(Message message) {
        var arguments = message.arguments();
        return message.code().equals(CODE)
                ? Optional.of(new Message(arguments.get(BEFORE), arguments.subList(BEFORE + 1, arguments.size())))
                : Optional.empty();
    }

    /** The key and the line, and in third place what is wrong in somebody's language. */
    public static Message with(Message located, String words) {
        var arguments = located.arguments();
        return new Message(CODE, List.of(arguments.get(0), arguments.get(1), words));
    }
}
