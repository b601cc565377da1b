package io.github.defenderreactive.runtime.value;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Unmodifiable copies of lists and maps, in their order. Called by generated models.
 *
 * @since 0.1.0
 */
public final class Copies {

    private Copies() {}

    /**
     * Returns a copy of a list with converted elements.
     *
     * @param values the list
     * @param element converts an element
     * @param <T> type of the elements
     * @param <R> type of the converted elements
     * @return an unmodifiable list
     * @throws NullPointerException if an element is null
     */
    public static <T, R> List<R> list(List<? extends T> values, Function<? super T, ? extends R> element) {
        return values.stream()
                .<R>map(value -> element.apply(Objects.requireNonNull(value, "element")))
                .toList();
    }

    /**
     * Returns a copy of a map.
     *
     * @param values the map
     * @param <T> type of the values
     * @return an unmodifiable map
     * @throws NullPointerException if a name or a value is null
     */
    public static <T> Map<String, T> map(Map<String, ? extends T> values) {
        return map(values, value -> value);
    }

    /**
     * Returns a copy of a map with converted values.
     *
     * @param values the map
     * @param value converts a value
     * @param <T> type of the values
     * @param <R> type of the converted values
     * @return an unmodifiable map
     * @throws NullPointerException if a name or a value is null
     */
    public static <T, R> Map<String, R> map(Map<String, ? extends T> values, Function<? super T, ? extends R> value) {
        Map<String, R> copy = new LinkedHashMap<>();
        values.forEach((name, one) ->
                copy.put(Objects.requireNonNull(name, "name"), value.apply(Objects.requireNonNull(one, "value"))));
        return Collections.unmodifiableMap(copy);
    }
}
