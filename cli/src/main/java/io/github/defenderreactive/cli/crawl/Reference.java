package io.github.defenderreactive.cli.crawl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value in what an operation answers: {@code listMachines[healthStatus=Active].id} is the id of the first item that
 * meets the conditions and has one. A path leads through lists to their first fitting element; {@code [a^=b]} asks for a
 * beginning.
 *
 * @param operation the operation that answers it
 * @param conditions what the item must hold
 * @param path members from the item to the value; empty for the item itself
 */
record Reference(String operation, List<Condition> conditions, List<String> path) {

    private static final Pattern FORM = Pattern.compile("(\\w+)((?:\\[[\\w.]+\\^?=[^\\[\\]]*])*)((?:\\.[\\w$@-]+)*)");
    private static final Pattern CONDITION = Pattern.compile("\\[([\\w.]+)(\\^?)=([^]]*)]");

    /** What a member must be, or begin with. */
    record Condition(List<String> path, boolean prefix, String value) {

        boolean isMet(@Nullable Object item) {
            return values(item, path).anyMatch(found -> prefix ? found.startsWith(value) : found.equals(value));
        }
    }

    static Reference parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("Not a reference: " + text);
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

    /** The value in an item, unless the item does not meet the conditions or has none. */
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
