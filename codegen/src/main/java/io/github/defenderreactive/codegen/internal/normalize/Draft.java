package io.github.defenderreactive.codegen.internal.normalize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A description between the stages, with what they have found. */
final class Draft {

    static final List<String> METHODS = List.of("get", "put", "post", "patch", "delete");

    private final ObjectNode root;
    private final Places places = new Places();
    private final List<Note> notes = new ArrayList<>();
    private final Set<String> noted = new HashSet<>();
    private final List<DescriptionException> findings = new ArrayList<>();

    /** The schemas that a named schema extends with {@code allOf}, as the description was written. */
    private final Map<String, Set<String>> parents = new LinkedHashMap<>();

    Draft(ObjectNode root) {
        this.root = root;
    }

    /** An operation with its path and method. */
    record Operation(String path, String method, ObjectNode item, ObjectNode node, Pointer place) {}

    ObjectNode root() {
        return root;
    }

    Places places() {
        return places;
    }

    List<Note> notes() {
        return notes;
    }

    List<DescriptionException> findings() {
        return findings;
    }

    Map<String, Set<String>> parents() {
        return parents;
    }

    void note(Pointer place, String text) {
        Note note = new Note(places.original(place), text);
        if (noted.add(note.toString())) {
            notes.add(note);
        }
    }

    void find(Pointer place, String finding) {
        find(new DescriptionException(place, finding));
    }

    /** Adds a finding, whose place is the one at this moment. */
    void find(DescriptionException finding) {
        findings.add(finding.at(places::original));
    }

    /** Returns the named schemas; an object without effect if there is something else at their place. */
    ObjectNode schemas() {
        JsonNode components = root.path("components");
        if (components.isMissingNode()) {
            components = root.putObject("components");
        }
        if (components instanceof ObjectNode object) {
            if (!object.has("schemas")) {
                object.putObject("schemas");
            }
            if (object.get("schemas") instanceof ObjectNode schemas) {
                return schemas;
            }
        }
        return Shape.nothing();
    }

    /** Returns a named schema, or what its references lead to; null if that is not a schema. */
    @Nullable
    ObjectNode named(@Nullable String name) {
        String at = name;
        for (int steps = 0; at != null && steps <= 20; steps++) {
            if (!(schemas().path(at) instanceof ObjectNode schema)) {
                return null;
            }
            if (!schema.has("$ref")) {
                return schema;
            }
            at = Shape.referenced(schema);
        }
        return null;
    }

    /** Returns a schema, or what its references lead to. */
    JsonNode followed(JsonNode schema) {
        if (!schema.has("$ref")) {
            return schema;
        }
        ObjectNode target = named(Shape.referenced(schema));
        return target == null ? schema : target;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").properties().forEach(path -> {
            if (path.getValue() instanceof ObjectNode item) {
                item.properties().forEach(method -> {
                    if (METHODS.contains(method.getKey()) && method.getValue() instanceof ObjectNode node) {
                        operations.add(new Operation(
                                path.getKey(),
                                method.getKey(),
                                item,
                                node,
                                Pointer.ROOT.child("paths").child(path.getKey()).child(method.getKey())));
                    }
                });
            }
        });
        return operations;
    }

    /** Calls a visitor for each schema that the generator reads, inner ones before those around them. */
    void visit(Consumer<Slot> visitor) {
        slots().forEach(slot -> visit(slot, visitor));
    }

    void visit(Slot slot, Consumer<Slot> visitor) {
        slot.children().forEach(child -> visit(child, visitor));
        visitor.accept(slot);
    }

    /** Returns the outermost schemas: named ones, then those of parameters, bodies and successful responses. */
    List<Slot> slots() {
        List<Slot> slots = new ArrayList<>(named());
        Pointer components = Pointer.ROOT.child("components");
        each(
                "parameters",
                (name, node) -> parameter(node, components.child("parameters").child(name), slots));
        each(
                "requestBodies",
                (name, node) -> content(node, components.child("requestBodies").child(name), slots));
        each("responses", (name, node) -> {
            if (successes().contains(name)) {
                content(node, components.child("responses").child(name), slots);
            }
        });
        Set<ObjectNode> items = new LinkedHashSet<>();
        for (Operation operation : operations()) {
            Pointer item = Pointer.ROOT.child("paths").child(operation.path());
            if (items.add(operation.item())) {
                parameters(operation.item(), item, slots);
            }
            parameters(operation.node(), operation.place(), slots);
            content(operation.node().path("requestBody"), operation.place().child("requestBody"), slots);
            operation.node().path("responses").properties().forEach(response -> {
                if (response.getKey().startsWith("2")) {
                    content(
                            response.getValue(),
                            operation.place().child("responses").child(response.getKey()),
                            slots);
                }
            });
        }
        return slots;
    }

    List<Slot> named() {
        List<Slot> slots = new ArrayList<>();
        Slot.members(schemas(), Pointer.ROOT.child("components").child("schemas"), slots);
        return slots;
    }

    /** Returns the names of the shared responses that are a successful one of an operation. */
    private Set<String> successes() {
        Set<String> names = new HashSet<>();
        for (Operation operation : operations()) {
            operation.node().path("responses").properties().forEach(response -> {
                JsonNode at = response.getKey().startsWith("2") ? response.getValue() : Shape.nothing();
                String reference = at.path("$ref").asText("");
                while (reference.startsWith("#/components/responses/") && names.add(component(reference))) {
                    at = Pointer.parse(reference.substring(1)).in(root);
                    reference = at.path("$ref").asText("");
                }
            });
        }
        return names;
    }

    static String component(String reference) {
        List<String> segments = Pointer.parse(reference.substring(1)).segments();
        return segments.get(segments.size() - 1);
    }

    /** Returns a shared parameter, body or response that a node refers to, or the node. */
    JsonNode shared(JsonNode node) {
        JsonNode at = node;
        for (int steps = 0; at.path("$ref").asText("").startsWith("#/") && steps <= 20; steps++) {
            at = Pointer.parse(at.path("$ref").asText().substring(1)).in(root);
        }
        return at;
    }

    /** Returns the schema of a response in JSON. */
    JsonNode jsonSchema(JsonNode response) {
        for (var media : shared(response).path("content").properties()) {
            if (media.getKey().equals("application/json") || media.getKey().endsWith("+json")) {
                return media.getValue().path("schema");
            }
        }
        return Shape.nothing();
    }

    private void each(String section, BiConsumer<String, JsonNode> visitor) {
        root.path("components")
                .path(section)
                .properties()
                .forEach(entry -> visitor.accept(entry.getKey(), entry.getValue()));
    }

    private static void parameters(JsonNode owner, Pointer place, List<Slot> slots) {
        for (int i = 0; i < owner.path("parameters").size(); i++) {
            if (owner.path("parameters") instanceof ArrayNode list) {
                parameter(list.path(i), place.child("parameters").child(i), slots);
            }
        }
    }

    private static void parameter(JsonNode parameter, Pointer place, List<Slot> slots) {
        if (parameter.path("schema") instanceof ObjectNode) {
            slots.add(new Slot(parameter, "schema", place.child("schema")));
        }
        content(parameter, place, slots);
    }

    private static void content(JsonNode owner, Pointer place, List<Slot> slots) {
        owner.path("content").properties().forEach(media -> {
            if (media.getValue().path("schema") instanceof ObjectNode) {
                slots.add(new Slot(
                        media.getValue(),
                        "schema",
                        place.child("content").child(media.getKey()).child("schema")));
            }
        });
    }
}
