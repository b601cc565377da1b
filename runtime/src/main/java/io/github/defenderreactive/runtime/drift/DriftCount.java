package io.github.defenderreactive.runtime.drift;

import io.github.defenderreactive.runtime.json.JsonToken;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The number of occurrences of one difference, and their types. Thread-safe. */
final class DriftCount {

    private static final int MOST_VALUES = 20;
    private static final int MOST_ELEMENTS = 100;

    /** Other texts may be data. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,40}");

    private long count;
    private final Set<DriftType> types = EnumSet.noneOf(DriftType.class);
    private final Set<DriftType> elementTypes = EnumSet.noneOf(DriftType.class);
    private final Set<String> values = new TreeSet<>();

    /**
     * One occurrence.
     *
     * @param value the value of a member, or null
     * @param text the text of an enum, or null
     */
    record Sample(@Nullable JsonValue value, @Nullable String text) {}

    synchronized void add(Sample sample) {
        count++;
        if (sample.value() != null) {
            types.add(DriftType.of(sample.value()));
            elements(sample.value());
        }
        String text = sample.text();
        if (text != null
                && values.size() < MOST_VALUES
                && IDENTIFIER.matcher(text).matches()) {
            values.add(text);
        }
    }

    private void elements(JsonValue value) {
        if (value.kind() != JsonToken.ARRAY) {
            return;
        }
        value.decode(in -> {
            in.beginArray();
            for (int i = 0; in.nextElement(); i++) {
                if (i < MOST_ELEMENTS) {
                    elementTypes.add(DriftType.of(in.readValue()));
                } else {
                    in.skipValue();
                }
            }
            return value;
        });
    }

    synchronized DriftEntry entry(DriftKey key) {
        return new DriftEntry(
                key.api(),
                key.operation(),
                key.kind(),
                key.schema(),
                key.path(),
                key.member(),
                count,
                List.copyOf(types),
                List.copyOf(elementTypes),
                List.copyOf(values));
    }
}
