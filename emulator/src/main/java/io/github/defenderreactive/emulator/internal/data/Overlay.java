package io.github.defenderreactive.emulator.internal.data;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Items that tests added, changed and removed, over items that are computed. An added item is completed with the
 * members of a computed one. Thread-safe.
 */
public final class Overlay implements Items {

    private final String noun;
    private final Supplier<? extends Stream<? extends Row>> computed;
    private final UnaryOperator<Entity> identified;
    private final Map<String, Entity> added = new LinkedHashMap<>();
    /** Changed items as a whole, and null for removed ones, by id. */
    private final Map<String, @Nullable Entity> changed = new HashMap<>();

    /**
     * Creates an overlay.
     *
     * @param noun the kind as messages name it
     * @param computed the items without those of tests
     * @param identified sets id and other members by which the item is named, where they are missing
     */
    public Overlay(String noun, Supplier<? extends Stream<? extends Row>> computed, UnaryOperator<Entity> identified) {
        this.noun = noun;
        this.computed = computed;
        this.identified = identified;
    }

    /** Returns some of the computed items with those of tests: changed ones in their places, added ones at the end. */
    public Stream<Row> over(Stream<? extends Row> some) {
        return Stream.concat(some.flatMap(this::shown), added());
    }

    private synchronized Stream<Row> shown(Row row) {
        String id = changed.isEmpty() ? "" : id(row);
        return changed.containsKey(id) ? Stream.ofNullable(changed.get(id)) : Stream.of(row);
    }

    /** Returns the items with those of tests. */
    public Stream<Row> rows() {
        return over(computed.get());
    }

    /** Returns the items that tests added. */
    public synchronized Stream<Entity> added() {
        return List.copyOf(added.values()).stream();
    }

    /** Returns an item that tests added or changed; null if there is none, or if they removed it. */
    public synchronized @Nullable Entity given(String id) {
        return added.containsKey(id) ? added.get(id) : changed.get(id);
    }

    /** Returns whether tests removed a computed item. */
    public synchronized boolean removed(String id) {
        return changed.containsKey(id) && given(id) == null;
    }

    private static String id(Row row) {
        return String.valueOf(row.get("id"));
    }

    private @Nullable Row row(String id) {
        Entity own = given(id);
        return own != null || removed(id)
                ? own
                : computed.get().filter(row -> id(row).equals(id)).findFirst().orElse(null);
    }

    @Override
    public synchronized String add(Map<String, @Nullable Object> members) {
        Entity item = identified.apply(new Entity().withAll(members));
        String id = id(item);
        if (row(id) != null) {
            throw Kind.taken(noun, id);
        }
        Entity whole = new Entity();
        computed.get().findFirst().ifPresent(other -> whole.withAll(plain(other)));
        added.put(id, whole.withAll(item.members()));
        return id;
    }

    @Override
    public @Nullable Map<String, @Nullable Object> find(String id) {
        Row row = row(id);
        return row == null ? null : plain(row);
    }

    @Override
    public synchronized void change(String id, Map<String, @Nullable Object> members) {
        Row row = Objects.requireNonNull(row(id));
        Entity whole = new Entity().withAll(plain(row)).withAll(members);
        if (added.containsKey(id)) {
            added.put(id, whole);
        } else {
            changed.put(id, whole);
        }
    }

    @Override
    public synchronized void remove(String id) {
        if (added.remove(id) == null) {
            changed.put(id, null);
        }
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return rows().map(Overlay::plain);
    }

    private static Map<String, @Nullable Object> plain(Row row) {
        return Values.plainMembers(row.members());
    }
}
