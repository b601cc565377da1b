package io.github.defenderreactive.cli.internal.crawl;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The call of one operation in a crawl. A recipe is one line: the operation, flags, {@code name=value} arguments and a
 * JSON body. {@code safe} marks a call that changes nothing although its method is not GET; {@code awaits} waits until
 * the response action with the argument {@code id} has ended; {@code refusal=404} is a status that is expected as well.
 *
 * @param operation the id of the operation
 * @param safe whether the call changes nothing although its method is not GET
 * @param awaitsAction whether to wait for the end of the response action
 * @param refusals the statuses that are expected besides success
 * @param arguments the values by parameter name
 * @param body the body, or null
 */
record Recipe(
        String operation,
        boolean safe,
        boolean awaitsAction,
        Set<Integer> refusals,
        Map<String, Template> arguments,
        @Nullable Template body) {

    private static final Pattern LINE = Pattern.compile("(\\w+)((?:\\s+[^\\s{]\\S*)*)(?:\\s+(\\{.*))?");

    static Recipe parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Invalid recipe: " + line);
        }
        Set<String> flags = new HashSet<>();
        Set<Integer> refusals = new HashSet<>();
        Map<String, Template> arguments = new LinkedHashMap<>();
        for (String word : parts.group(2).strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                flags.add(word);
            } else if (word.startsWith("refusal=")) {
                refusals.add(Integer.valueOf(word.substring(equals + 1)));
            } else {
                arguments.put(word.substring(0, equals), new Template(word.substring(equals + 1)));
            }
        }
        boolean safe = flags.remove("safe");
        boolean awaitsAction = flags.remove("awaits");
        flags.remove("");
        if (!flags.isEmpty()) {
            throw new IllegalArgumentException("Unknown flags " + flags + " in: " + line);
        }
        String body = parts.group(3);
        return new Recipe(
                parts.group(1), safe, awaitsAction, refusals, arguments, body == null ? null : new Template(body));
    }

    /** Returns the references in the arguments and in the body. */
    List<Reference> references() {
        return Stream.concat(arguments.values().stream(), Stream.ofNullable(body))
                .flatMap(template -> template.references().stream())
                .toList();
    }
}
