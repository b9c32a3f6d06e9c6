package io.largesse.readers;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the operator said about reading.
 *
 * @param sheet the name of the sheet, or null for the only visible one with content; text files have none and ignore it
 * @param column the header of the user id's column, or its letter or 1-based number, or null to look for it
 * @param userIdPattern what a whole user id of the campaign must match, or null for any
 */
public record ListOptions(
        @Nullable String sheet,
        @Nullable String column,
        @Nullable Pattern userIdPattern) {

    public static final ListOptions NONE = new ListOptions(null, null, null);
}
