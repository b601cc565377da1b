package io.github.defenderreactive.emulator;

import io.github.defenderreactive.emulator.internal.admission.GivenData;
import io.github.defenderreactive.emulator.internal.data.Kind;
import io.github.defenderreactive.emulator.internal.json.Node;
import io.github.defenderreactive.runtime.json.JsonException;
import io.github.defenderreactive.runtime.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The items of one kind in the tenant, such as its alerts, which tests can read and change. Generated items are
 * included. Thread-safe.
 *
 * <p>An item is given as a map, as the text of a JSON object, or as a model of the client. It is checked against the
 * API description as {@link Tenant} describes. Members that are not given are computed.
 *
 * @since 0.1.0
 */
public final class TenantItems {

    private final Kind kind;
    private final Node schema;
    private final GivenData data;

    TenantItems(Kind kind, Node schema, GivenData data) {
        this.kind = kind;
        this.schema = schema;
        this.data = data;
    }

    /**
     * Adds an item. Its id and its times are set unless they are given.
     *
     * @param item a {@link Map} with members in wire spelling, a {@link CharSequence} with a JSON object, or a model of
     *     the client
     * @return its id
     * @throws IllegalArgumentException if it is not an object, a member is unknown or of another type, the id exists, or
     *     the item refers to one that does not exist
     */
    public String add(Object item) {
        return kind.items().add(members(item));
    }

    /**
     * Changes members of an item. A time of the last update moves to the emulator's time unless it is given.
     *
     * @param id its id
     * @param changes the new values, in one of the forms of {@link #add}
     * @throws IllegalArgumentException if there is no such item, or a member is unknown, of another type, or one that
     *     never changes, such as the id
     */
    public void update(String id, Object changes) {
        get(id);
        Map<String, @Nullable Object> members = members(changes);
        for (String name : members.keySet()) {
            if (kind.fixed().contains(name)) {
                throw new IllegalArgumentException(name + " must not be changed");
            }
        }
        kind.items().change(id, members);
    }

    /**
     * Removes an item, which no operation returns from now on.
     *
     * @param id its id
     * @throws IllegalArgumentException if there is no such item
     */
    public void remove(String id) {
        get(id);
        kind.items().remove(id);
    }

    /**
     * Returns an item as the API shows it.
     *
     * @param id its id
     * @return its members in plain values, times as {@link java.time.Instant}; read-only
     * @throws IllegalArgumentException if there is no such item
     */
    public Map<String, @Nullable Object> get(String id) {
        Map<String, @Nullable Object> members = kind.items().find(Objects.requireNonNull(id, "id"));
        if (members == null) {
            throw kind.unknown(id);
        }
        return members;
    }

    /**
     * Returns all items, in the order of the API. The list holds every item in memory, generated ones included.
     *
     * @return the members of each item, as {@link #get} returns them
     */
    public List<Map<String, @Nullable Object>> list() {
        return kind.items().all().toList();
    }

    /**
     * Returns the number of items.
     *
     * @return the number
     */
    public int count() {
        return Math.toIntExact(kind.items().count());
    }

    private Map<String, @Nullable Object> members(Object given) {
        Object item = given instanceof CharSequence text ? parsed(text.toString()) : given;
        return data.members(kind.noun(), schema, Objects.requireNonNull(item, "item"));
    }

    private Object parsed(String json) {
        try {
            return JsonValue.of(json);
        } catch (JsonException e) {
            throw new IllegalArgumentException(kind.noun() + " must be a JSON object: " + e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return kind.name();
    }
}
