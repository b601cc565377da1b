package io.github.defenderreactive.cli.internal.operations;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signed links in a response: one as {@code value}, or those of the files of an export. */
final class DownloadLinks {

    private static final List<String> MEMBERS = List.of("value", "exportFiles");

    private DownloadLinks() {}

    static List<String> in(JsonEncodable response) {
        return JsonValue.from(response).toJava() instanceof Map<?, ?> members
                ? MEMBERS.stream()
                        .flatMap(name -> texts(members.get(name)).stream())
                        .toList()
                : List.of();
    }

    private static List<String> texts(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().flatMap(element -> texts(element).stream()).toList();
        }
        return value instanceof String text && !text.isBlank() ? List.of(text) : List.of();
    }
}
