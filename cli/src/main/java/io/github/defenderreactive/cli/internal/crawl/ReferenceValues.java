package io.github.defenderreactive.cli.internal.crawl;

import io.github.defenderreactive.runtime.json.JsonEncodable;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of references in the responses so far. Only these are kept, so that responses may be of any length. */
final class ReferenceValues {

    private final Map<String, Set<Reference>> wanted = new HashMap<>();
    private final Map<Reference, String> values = new HashMap<>();

    ReferenceValues(Collection<Reference> references) {
        references.forEach(reference -> wanted.computeIfAbsent(reference.operation(), id -> new HashSet<>())
                .add(reference));
    }

    /** Takes the values that are still missing from an item of a response. */
    synchronized void offer(String operation, JsonEncodable item) {
        Set<Reference> open = wanted.getOrDefault(operation, Set.of());
        if (open.isEmpty()) {
            return;
        }
        Object java = JsonValue.from(item).toJava();
        open.removeIf(reference -> {
            Optional<String> value = reference.in(java);
            value.ifPresent(found -> values.put(reference, found));
            return value.isPresent();
        });
    }

    synchronized Optional<String> get(Reference reference) {
        return Optional.ofNullable(values.get(reference));
    }
}
