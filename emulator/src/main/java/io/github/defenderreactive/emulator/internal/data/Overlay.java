package io.github.defenderreactive.emulator.internal.data;

import io.github.defenderreactive.emulator.internal.json.Values;
import io.github.defenderreactive.emulator.internal.odata.Entity;
import io.github.defenderreactive.emulator.internal.odata.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
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
    /** Added items and changed ones as a whole, and null for removed ones, by id. */
    private final Map<String, @Nullable Entity> given = Collections.synchronizedMap(new LinkedHashMap<>());

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
        return given.isEmpty() ? some.map(Row.class::cast) : Stream.concat(some.flatMap(this::shown), added());
    }

    private Stream<Row> shown(Row row) {
        String id = id(row);
        return given.containsKey(id) ? Stream.ofNullable(given.get(id)) : Stream.of(row);
    }

    /** Returns the items with those of tests. */
    public Stream<Row> rows() {
        return over(computed.get());
    }

    /** Returns the items that tests added. */
    public Stream<Entity> added() {
        Map<String, @Nullable Entity> all;
        synchronized (given) {
            all = new LinkedHashMap<>(given);
        }
        if (!all.isEmpty()) {
            computed.get().map(Overlay::id).forEach(all::remove);
        }
        return all.values().stream().filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    /** Returns an item that tests added or changed; null if there is none, or if they removed it. */
    public @Nullable Entity given(String id) {
        return given.get(id);
    }

    /** Returns whether tests removed an item. */
    public boolean removed(String id) {
        return given.containsKey(id) && given.get(id) == null;
    }

    private static String id(Row row) {
        return String.valueOf(row.get("id"));
    }

    private @Nullable Row row(String id) {
        return given.containsKey(id)
                ? given.get(id)
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
        given.put(id, whole.withAll(item.members()));
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
        given.put(id, new Entity().withAll(plain(row)).withAll(members));
    }

    @Override
    public synchronized void remove(String id) {
        given.put(id, null);
    }

    @Override
    public Stream<Map<String, @Nullable Object>> all() {
        return rows().map(Overlay::plain);
    }

    private static Map<String, @Nullable Object> plain(Row row) {
        return Values.plainMembers(row.members());
    }
}
