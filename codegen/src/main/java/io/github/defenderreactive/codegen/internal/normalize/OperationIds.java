package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Gives each operation an identifier in lower camel case. One in another form is converted: {@code things/get-one} is
 * {@code thingsGetOne}. A missing one is derived from method and path: {@code GET /things/{id}} is
 * {@code getThingsById}. A derived one that is in use gets the first free number, from 2.
 */
final class OperationIds implements Stage {

    private static final String KEY = "operationId";

    @Override
    public void apply(Draft draft) {
        List<Draft.Operation> operations = draft.operations();
        Set<String> taken = new HashSet<>();
        for (Draft.Operation operation : operations) {
            String id = operation.node().path(KEY).asText();
            if (isId(id)) {
                taken.add(id.toLowerCase(Locale.ROOT));
            }
        }
        // The same identifier twice is an error of the description, so both become the same one, which is refused.
        Map<String, String> derived = new HashMap<>();
        for (Draft.Operation operation : operations) {
            ObjectNode node = operation.node();
            String given = node.path(KEY).asText();
            if (isId(given) || node.has(KEY) && !node.path(KEY).isTextual()) {
                continue;
            }
            String id = given.isBlank() ? free(ofPath(operation), taken) : derived.get(given);
            if (id == null) {
                id = free(camel(given), taken);
                derived.put(given, id);
            }
            node.put(KEY, id);
            draft.note(
                    operation.place(),
                    (given.isBlank()
                                    ? "the operation has no operationId; it is "
                                    : "the operationId " + given + " is not in lower camel case; it is ")
                            + id + ".");
        }
    }

    private static boolean isId(String id) {
        return id.matches("[a-z][A-Za-z0-9]*");
    }

    private static String free(String id, Set<String> taken) {
        String free = id;
        for (int number = 2; !taken.add(free.toLowerCase(Locale.ROOT)); number++) {
            free = id + number;
        }
        return free;
    }

    private static String ofPath(Draft.Operation operation) {
        StringBuilder words = new StringBuilder(operation.method());
        for (String segment : operation.path().split("/", -1)) {
            words.append('-').append(segment.replaceAll("\\{([^{}]*)}", "-by-$1-"));
        }
        return camel(words.toString());
    }

    static String camel(String text) {
        StringBuilder words = new StringBuilder();
        for (String word : text.split("[^A-Za-z0-9]+", -1)) {
            if (!word.isEmpty()) {
                words.append(
                        words.length() == 0 ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
            }
        }
        String id = JavaNames.member(words.toString()).replace("_", "");
        return isId(id) ? id : "operation" + id;
    }
}
