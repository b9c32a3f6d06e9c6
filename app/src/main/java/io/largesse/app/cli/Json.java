package io.largesse.app.cli;

import java.io.StringWriter;
import java.time.temporal.TemporalAccessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One JSON object on one line, its members in the order they were put. Instants are ISO 8601 in UTC; whoever puts an id
 * puts it as a string. Jackson's core alone is used: data binding costs a short command more than its work.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    public static Json of(String name, @Nullable Object value) {
        return new Json().with(name, value);
    }

    static Json error(String code, String message) {
        return of("error", of("code", code).with("message", message));
    }

    public Json with(String name, @Nullable Object value) {
        members.put(name, value);
        return this;
    }

    Json withId(String name, long id) {
        return with(name, Long.toString(id));
    }

    @Override
    public String toString() {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, this);
        }
        return text.toString();
    }

    private static void write(JsonGenerator to, @Nullable Object value) {
        if (value == null) {
            to.writeNull();
        } else if (value instanceof Json object) {
            to.writeStartObject();
            object.members.forEach((name, member) -> {
                to.writeName(name);
                write(to, member);
            });
            to.writeEndObject();
        } else if (value instanceof List<?> list) {
            to.writeStartArray();
            list.forEach(each -> write(to, each));
            to.writeEndArray();
        } else if (value instanceof Boolean flag) {
            to.writeBoolean(flag);
        } else if (value instanceof Integer number) {
            to.writeNumber(number);
        } else if (value instanceof Long number) {
            to.writeNumber(number);
        } else if (value instanceof Double number) {
            to.writeNumber(number);
        } else if (value instanceof TemporalAccessor || value instanceof CharSequence || value instanceof Enum<?>) {
            to.writeString(value.toString());
        } else {
            throw new IllegalArgumentException("no JSON for a " + value.getClass());
        }
    }
}
