package io.largesse.coupons;

import java.util.Locale;

/** A request was refused before it changed anything. The message says why and what to do, in the operator's words. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Message why;

    public RefusedException(Message why) {
        super(Messages.text(why, Locale.ENGLISH));
        this.why = why;
    }

    public static RefusedException of(String code, Object... arguments) {
        return new RefusedException(Message.of(code, arguments));
    }

    public Message why() {
        return why;
    }
}
