package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.json.JsonData;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The JSON object that a request to the control endpoint has. */
final class ControlBody {

    private final Map<?, ?> members;

    private ControlBody(Map<?, ?> members) {
        this.members = members;
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is not an object, or has a member that is not one of the names
     */
    static ControlBody of(String text, String... names) {
        try {
            if (JsonValue.of(text).toJava() instanceof Map<?, ?> members) {
                for (Object name : members.keySet()) {
                    if (!List.of(names).contains(name)) {
                        throw new IllegalArgumentException(
                                "The body has no member " + name + ", only " + String.join(", ", names));
                    }
                }
                return new ControlBody(members);
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("The body must be a JSON object: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("The body must be a JSON object");
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    String text(String name) {
        if (members.get(name) instanceof String text) {
            return text;
        }
        throw wrong(name, "a text");
    }

    int whole(String name) {
        if (members.get(name) instanceof Long number && number == number.intValue()) {
            return number.intValue();
        }
        throw wrong(name, "a whole number of 32 bits");
    }

    List<?> list(String name) {
        if (members.get(name) instanceof List<?> list) {
            return list;
        }
        throw wrong(name, "a list");
    }

    /** Returns an object of texts. */
    Map<String, String> texts(String name) {
        if (!(members.get(name) instanceof Map<?, ?> map)) {
            throw wrong(name, "an object");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, value) -> texts.put(String.valueOf(key), String.valueOf(value)));
        return texts;
    }

    Duration duration(String name) {
        return parsed(name, "a duration such as PT1M", Duration::parse);
    }

    Instant time(String name) {
        return parsed(name, "a time such as 2026-11-01T00:00:00Z", Instant::parse);
    }

    private <T> T parsed(String name, String expected, Function<String, T> parser) {
        if (members.get(name) instanceof String text) {
            try {
                return parser.apply(text);
            } catch (DateTimeException e) {
                // Not of the form; reported below.
            }
        }
        throw wrong(name, expected);
    }

    private IllegalArgumentException wrong(String name, String expected) {
        return new IllegalArgumentException(
                name + " must be " + expected + ", was " + JsonData.shown(members.get(name)));
    }
}
