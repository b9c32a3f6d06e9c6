package io.largesse.coupons;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The words of Largesse, in English and Chinese. One bundle a module, found by the code's first segment. */
public final class Messages {

    private static final ResourceBundle.Control NO_FALLBACK =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Messages() {}

    /** The text of a message; an unknown code is shown as it is, with its arguments, rather than failing. */
    public static String text(Message message, Locale locale) {
        var module = message.code().substring(0, Math.max(0, message.code().indexOf('.')));
        try {
            var bundle = ResourceBundle.getBundle(
                    "io.largesse." + module + ".messages",
                    locale,
                    Thread.currentThread().getContextClassLoader(),
                    NO_FALLBACK);
            var arguments = message.arguments().stream().map(Printable::of).toArray();
            return new MessageFormat(bundle.getString(message.code()), locale).format(arguments);
        } catch (MissingResourceException e) {
            return message.code() + " " + message.arguments();
        }
    }
}
