package io.github.defenderreactive.cli.crawl;

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
 * How the crawl calls an operation. One line: the operation, then words, {@code name=value} arguments and last a JSON
 * body. {@code safe} marks a call that changes nothing although it is no GET; {@code awaits} waits until the response
 * action named by the argument {@code id} has ended; {@code refusal=404} is a status that is an answer too.
 *
 * @param operation the operation's id
 * @param safe whether it is no GET but changes nothing
 * @param awaitsAction whether the response action must have ended
 * @param refusals statuses that are expected
 * @param arguments values by parameter name
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
            throw new IllegalArgumentException("Not a recipe: " + line);
        }
        Set<String> words = new HashSet<>();
        Set<Integer> refusals = new HashSet<>();
        Map<String, Template> arguments = new LinkedHashMap<>();
        for (String word : parts.group(2).strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                words.add(word);
            } else if (word.startsWith("refusal=")) {
                refusals.add(Integer.valueOf(word.substring(equals + 1)));
            } else {
                arguments.put(word.substring(0, equals), new Template(word.substring(equals + 1)));
            }
        }
        boolean safe = words.remove("safe");
        boolean awaitsAction = words.remove("awaits");
        words.remove("");
        if (!words.isEmpty()) {
            throw new IllegalArgumentException("Unknown words " + words + " in: " + line);
        }
        String body = parts.group(3);
        return new Recipe(
                parts.group(1), safe, awaitsAction, refusals, arguments, body == null ? null : new Template(body));
    }

    /** The values it needs of others. */
    List<Reference> references() {
        return Stream.concat(arguments.values().stream(), Stream.ofNullable(body))
                .flatMap(template -> template.references().stream())
                .toList();
    }
}
