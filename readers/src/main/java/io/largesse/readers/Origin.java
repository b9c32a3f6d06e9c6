package io.largesse.readers;

import io.largesse.coupons.Message;
import io.largesse.coupons.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator calls the file, written as spreadsheet programs do: {@code users.xlsx [Sheet1]}. */
record Origin(String fileName, String sheet) {

    static Origin of(String fileName) {
        return new Origin(fileName, "");
    }

    Origin in(String sheetName) {
        return new Origin(fileName, sheetName);
    }

    String extension() {
        var dot = fileName.lastIndexOf('.');
        return dot < 0 ? "" : fileName.substring(dot + 1).strip().toLowerCase(java.util.Locale.ROOT);
    }

    /** A refusal whose first argument is this place. */
    RefusedException refusal(String code, Object... more) {
        var arguments = new ArrayList<String>();
        arguments.add(Storable.of(toString()));
        for (var argument : more) {
            arguments.add(Storable.of(Cut.to(Cut.IN_MESSAGES, String.valueOf(argument))));
        }
        return new RefusedException(new Message(code, List.copyOf(arguments)));
    }

    /** Whatever a parser complained about, the operator can only save or upload the file again. */
    RefusedException damaged(@Nullable Throwable cause) {
        var refusal = refusal("readers.file.damaged");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    @Override
    public String toString() {
        return sheet.isEmpty() ? fileName : fileName + " [" + sheet + "]";
    }
}
