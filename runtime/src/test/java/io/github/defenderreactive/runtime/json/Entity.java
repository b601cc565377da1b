package io.github.defenderreactive.runtime.json;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes as a generated model does. */
final class Entity implements JsonEncodable {

    static final List<String> MEMBERS =
            List.of("id", "count", "small", "score", "flag", "created", "tags", "numbers", "child", "children", "grid");

    private static final JsonNames NAMES = JsonNames.of(MEMBERS.toArray(String[]::new));

    String id;
    Long count;
    Integer small;
    Double score;
    Boolean flag;
    Instant created;
    List<String> tags;
    List<Long> numbers;
    Entity child;
    List<Entity> children;
    List<List<Long>> grid;
    final Map<String, JsonValue> others = new LinkedHashMap<>();

    static Entity read(JsonReader in) {
        Entity entity = new Entity();
        in.beginObject();
        while (in.nextMember()) {
            int name = in.name(NAMES);
            if (name < 0) {
                entity.others.put(in.name(), in.readValue());
                continue;
            }
            entity.others.remove(MEMBERS.get(name));
            switch (name) {
                case 0 -> entity.id = in.stringOrNull();
                case 1 -> entity.count = in.longOrNull();
                case 2 -> entity.small = in.intOrNull();
                case 3 -> entity.score = in.doubleOrNull();
                case 4 -> entity.flag = in.booleanOrNull();
                case 5 -> entity.created = in.instantOrNull();
                case 6 -> entity.tags = in.listOrNull(JsonReader::stringOrNull);
                case 7 -> entity.numbers = in.listOrNull(JsonReader::longOrNull);
                case 8 -> entity.child = in.objectOrNull(Entity::read);
                case 9 -> entity.children = in.listOrNull(i -> i.objectOrNull(Entity::read));
                case 10 -> entity.grid = in.listOrNull(i -> i.listOrNull(JsonReader::longOrNull));
                default -> throw new AssertionError(name);
            }
            if (in.irregular() != null) {
                entity.others.put(MEMBERS.get(name), in.irregular());
            }
        }
        return entity;
    }

    @Override
    public void write(JsonWriter out) {
        out.beginObject();
        if (writes("id", id)) {
            out.name("id").string(id);
        }
        if (writes("count", count)) {
            out.name("count").number(count);
        }
        if (writes("small", small)) {
            out.name("small").number(small);
        }
        if (writes("score", score)) {
            out.name("score").number(score);
        }
        if (writes("flag", flag)) {
            out.name("flag").bool(flag);
        }
        if (writes("created", created)) {
            out.name("created").instant(created);
        }
        if (writes("tags", tags)) {
            out.name("tags").list(tags, JsonWriter::string);
        }
        if (writes("numbers", numbers)) {
            out.name("numbers").list(numbers, JsonWriter::number);
        }
        if (writes("child", child)) {
            out.name("child").value(child);
        }
        if (writes("children", children)) {
            out.name("children").list(children, JsonWriter::value);
        }
        if (writes("grid", grid)) {
            out.name("grid").list(grid, (o, row) -> o.list(row, JsonWriter::number));
        }
        others.forEach((name, value) -> out.name(name).value(value));
        out.endObject();
    }

    private boolean writes(String name, Object value) {
        return value != null && !others.containsKey(name);
    }
}
