package io.github.defenderreactive.emulator.internal.data;

import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The items of one kind, generated ones included. Members are checked against the description before. Thread-safe. */
public interface Items {

    /**
     * Adds an item; members that are not given are computed.
     *
     * @return its id
     * @throws IllegalArgumentException if the id exists, or the item refers to one that does not
     */
    String add(Map<String, @Nullable Object> members);

    /** Returns an item as its API shows it, with plain values; null if there is none of this id. */
    @Nullable
    Map<String, @Nullable Object> find(String id);

    /** Changes members of an existing item. */
    void change(String id, Map<String, @Nullable Object> members);

    /** Removes an existing item. */
    void remove(String id);

    /** Returns the items as their API shows them, with plain values, computed one after the other. */
    Stream<Map<String, @Nullable Object>> all();

    /** Returns the number of items. */
    default long count() {
        return all().count();
    }
}
