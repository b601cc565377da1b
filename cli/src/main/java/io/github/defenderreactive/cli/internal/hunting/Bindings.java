package io.github.defenderreactive.cli.internal.hunting;

import io.github.defenderreactive.cli.internal.arguments.UsageException;
import io.github.defenderreactive.client.hunting.HuntingQuery;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of {@code --bind}. */
final class Bindings {

    private static final Pattern FORM = Pattern.compile("(\\w+)(?::(\\w+))?=(.*)", Pattern.DOTALL);

    private Bindings() {}

    /**
     * Binds values to a query.
     *
     * @param given the values in the form {@code NAME[:TYPE]=VALUE}
     * @throws UsageException if a value has another form or is not of its type
     * @throws IllegalArgumentException if the query has no such placeholder
     */
    static HuntingQuery bind(HuntingQuery query, List<String> given) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (String binding : given) {
            Matcher matcher = FORM.matcher(binding);
            if (!matcher.matches()) {
                throw new UsageException(
                        "--bind must have the form NAME=VALUE or NAME:TYPE=VALUE, was '" + binding + "'");
            }
            String type = matcher.group(2) == null ? "string" : matcher.group(2);
            values.computeIfAbsent(matcher.group(1), name -> new ArrayList<>())
                    .add(value(matcher.group(1), type, matcher.group(3)));
        }
        HuntingQuery bound = query;
        for (Map.Entry<String, List<Object>> value : values.entrySet()) {
            bound = bind(bound, value.getKey(), value.getValue());
        }
        return bound;
    }

    private static HuntingQuery bind(HuntingQuery query, String name, List<Object> values) {
        Object value = values.get(0);
        if (values.size() > 1) {
            return query.bind(name, values);
        } else if (value instanceof Instant time) {
            return query.bind(name, time);
        } else if (value instanceof Duration span) {
            return query.bind(name, span);
        } else if (value instanceof Long number) {
            return query.bind(name, number.longValue());
        } else if (value instanceof Boolean bool) {
            return query.bind(name, bool.booleanValue());
        }
        return query.bind(name, (String) value);
    }

    private static Object value(String name, String type, String text) {
        try {
            switch (type) {
                case "string" -> {
                    return text;
                }
                case "datetime" -> {
                    return Instant.parse(text);
                }
                case "timespan" -> {
                    return Duration.parse(text);
                }
                case "long" -> {
                    return Long.parseLong(text);
                }
                case "bool" -> {
                    if (text.equals("true") || text.equals("false")) {
                        return Boolean.valueOf(text);
                    }
                }
                default ->
                    throw new UsageException("The type of --bind " + name
                            + " must be string, datetime, timespan, long or bool, was '" + type + "'");
            }
        } catch (DateTimeException | NumberFormatException e) {
            // Reported below, as a boolean that is neither true nor false.
        }
        throw new UsageException("--bind " + name + " must be a value of type " + type
                + ", such as 2026-11-30T10:00:00Z, PT1H30M, 42 or true, was '" + text + "'");
    }
}
