package io.github.defenderreactive.cli.internal.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a value in a response: {@code listMachines[healthStatus=Active].id} is the id of the first item that
 * meets the condition and has an id. A path through a list selects its first matching element; {@code [a^=b]} matches a
 * prefix.
 *
 * @param operation the id of the operation
 * @param conditions the conditions on the item
 * @param path the members from the item to the value; empty for the item itself
 */
record Reference(String operation, List<Condition> conditions, List<String> path) {

    private static final Pattern FORM = Pattern.compile("(\\w+)((?:\\[[\\w.]+\\^?=[^\\[\\]]*])*)((?:\\.[\\w$@-]+)*)");
    private static final Pattern CONDITION = Pattern.compile("\\[([\\w.]+)(\\^?)=([^]]*)]");

    /** A condition on a member, which must equal a value or start with it. */
    record Condition(List<String> path, boolean prefix, String value) {

        boolean isMet(@Nullable Object item) {
            return values(item, path).anyMatch(found -> prefix ? found.startsWith(value) : found.equals(value));
        }
    }

    static Reference parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Invalid reference: " + text);
        }
        List<Condition> conditions = new ArrayList<>();
        Matcher condition = CONDITION.matcher(form.group(2));
        while (condition.find()) {
            conditions.add(
                    new Condition(names(condition.group(1)), !condition.group(2).isEmpty(), condition.group(3)));
        }
        return new Reference(form.group(1), List.copyOf(conditions), names(form.group(3)));
    }

    private static List<String> names(String dotted) {
        return Stream.of(dotted.split("\\.", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns the value in an item, or empty if the item does not meet the conditions or lacks the value. */
    Optional<String> in(@Nullable Object item) {
        return conditions.stream().allMatch(condition -> condition.isMet(item))
                ? values(item, path).findFirst()
                : Optional.empty();
    }

    private static Stream<String> values(@Nullable Object at, List<String> path) {
        if (at instanceof List<?> elements) {
            return elements.stream().flatMap(element -> values(element, path));
        }
        if (path.isEmpty()) {
            return at == null || at instanceof Map || at.toString().isBlank()
                    ? Stream.empty()
                    : Stream.of(at.toString());
        }
        return at instanceof Map<?, ?> members
                ? values(members.get(path.get(0)), path.subList(1, path.size()))
                : Stream.empty();
    }
}
