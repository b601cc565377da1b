package io.github.defenderreactive.cli.internal.actions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.cli.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lines of JSON. */
final class Rows {

    private Rows() {}

    static List<JsonNode> of(List<String> lines) {
        return lines.stream().map(Rows::row).toList();
    }

    private static JsonNode row(String line) {
        try {
            return Json.tree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
