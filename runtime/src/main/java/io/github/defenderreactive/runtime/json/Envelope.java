package io.github.defenderreactive.runtime.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The members of a page besides its items.
 *
 * @param nextLink the {@code @odata.nextLink}, or another link or cursor, as received; null on the last page
 * @param count the {@code @odata.count}, or null
 * @param items number of items read
 * @param others all other members, {@code @odata.context} included, in the order received
 * @since 0.1.0
 */
public record Envelope(@Nullable String nextLink, @Nullable Long count, long items, Map<String, JsonValue> others) {

    /**
     * Creates an envelope. The map is copied in its order.
     *
     * @param nextLink the {@code @odata.nextLink} as received, or null on the last page
     * @param count the {@code @odata.count}, or null
     * @param items number of items read
     * @param others all other members
     */
    public Envelope {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }

    /**
     * The places of the items of a page and of its link in a response.
     *
     * @param items names of the members on the way to the list of items, at most two; empty if the response is the list
     * @param next names of the members on the way to the next link or cursor, at most two; empty if there is none
     * @since 0.1.0
     */
    public record Shape(List<String> items, List<String> next) {

        /** The shape of an OData collection: {@code value} and {@code @odata.nextLink}. */
        public static final Shape ODATA = new Shape(List.of("value"), List.of("@odata.nextLink"));

        private static final int DEEPEST = 2;

        /**
         * Checks the components.
         *
         * @param items names of the members on the way to the list of items, at most two
         * @param next names of the members on the way to the next link or cursor, at most two
         * @throws IllegalArgumentException if there are more than two names
         */
        public Shape {
            items = List.copyOf(items);
            next = List.copyOf(next);
            if (items.size() > DEEPEST || next.size() > DEEPEST) {
                throw new IllegalArgumentException("items and next must have at most two names, were " + items + next);
            }
        }

        /**
         * Returns the shape of the given JSON pointers.
         *
         * @param items the pointer to the list of items, for example {@code /data/items}; empty if the response is the list
         * @param next the pointer to the next link or cursor; empty if there is none
         * @return the shape
         * @throws IllegalArgumentException if a pointer does not begin with a slash, or has more than two names
         */
        public static Shape of(String items, String next) {
            return new Shape(names(items), names(next));
        }

        private static List<String> names(String pointer) {
            if (pointer.isEmpty()) {
                return List.of();
            }
            if (!pointer.startsWith("/")) {
                throw new IllegalArgumentException("pointer must begin with a slash, was " + pointer);
            }
            return Stream.of(pointer.substring(1).split("/", -1))
                    .map(name -> name.replace("~1", "/").replace("~0", "~"))
                    .toList();
        }
    }
}
