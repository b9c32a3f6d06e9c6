package io.largesse.coupons;

import java.util.List;

/** A row that grants nothing, with its reason as a message and its cells as they were. */
public record Reject(int sourceNo, int rowNo, String raw, String reason, List<String> arguments, List<String> cells) {

    public Message message() {
        return new Message(reason, arguments);
    }
}
