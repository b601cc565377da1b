package io.github.defenderreactive.apispec.lint;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A description as the rules see it: its elements in the order in which they are reached from the root. */
final class Description {

    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final SourceFiles files;
    private final List<Element> elements = new ArrayList<>();
    private final List<Finding> dangling = new ArrayList<>();
    private final Set<String> visited = new HashSet<>();

    private Description(SourceFiles files) {
        this.files = files;
    }

    static Description read(Path root) {
        Description description = new Description(SourceFiles.read(root));
        description.root(description.files.root());
        return description;
    }

    List<Element> elements() {
        return elements;
    }

    Stream<Element> elements(Kind kind) {
        return elements.stream().filter(element -> element.kind() == kind);
    }

    Stream<Element> schemas() {
        return elements.stream().filter(element -> element.kind().isSchema());
    }

    /** References that lead nowhere. */
    List<Finding> dangling() {
        return dangling;
    }

    /** Definitions at the top of the files beside the root that nothing refers to. */
    Stream<Place> unreached() {
        List<Place> unreached = new ArrayList<>();
        String root = files.root().file();
        for (String file : files.names()) {
            Place document = files.document(file);
            document.node().fieldNames().forEachRemaining(name -> {
                if (!file.equals(root) && !visited.contains(key(document.child(name)))) {
                    unreached.add(document.child(name));
                }
            });
        }
        return unreached.stream();
    }

    /** The place itself, or what its reference leads to at last. */
    Optional<Place> follow(Place place) {
        Optional<Place> at = Optional.of(place);
        Set<String> followed = new HashSet<>();
        while (at.isPresent() && at.get().isReference() && followed.add(key(at.get()))) {
            Place here = at.get();
            at = files.resolve(here.node().path("$ref").asText(), here.file());
        }
        return at.filter(end -> !end.isReference());
    }

    private void root(Place root) {
        elements.add(new Element(Kind.ROOT, root, ""));
        Place paths = root.child("paths");
        paths.node().fieldNames().forEachRemaining(path -> visit(Kind.PATH_ITEM, paths.child(path), path));
        Place components = root.child("components");
        members(Kind.NAMED_SCHEMA, components.child("schemas"), "");
        members(Kind.RESPONSE, components.child("responses"), "");
        members(Kind.PARAMETER, components.child("parameters"), "");
    }

    private void visit(Kind kind, Place place, String context) {
        if (place.node().isMissingNode() || !visited.add(key(place))) {
            return;
        }
        elements.add(new Element(kind, place, context));
        if (place.isReference()) {
            reference(kind, place, context);
            return;
        }
        switch (kind) {
            case PATH_ITEM -> METHODS.forEach(method -> visit(Kind.OPERATION, place.child(method), context));
            case OPERATION -> operation(place, context);
            case REQUEST_BODY, RESPONSE -> content(place);
            case PARAMETER -> visit(Kind.PART, place.child("schema"), "");
            case NAMED_SCHEMA, PROPERTY, PART -> schema(place);
            case ROOT -> throw new IllegalStateException("The root is not referenced");
        }
    }

    private void reference(Kind kind, Place place, String context) {
        String reference = place.node().path("$ref").asText();
        Optional<Place> target = files.resolve(reference, place.file());
        if (target.isEmpty()) {
            dangling.add(place.child("$ref").finding("dangling-reference", "nothing is at " + reference));
        } else {
            visit(kind.isSchema() ? Kind.NAMED_SCHEMA : kind, target.get(), context);
        }
    }

    private void operation(Place place, String path) {
        list(Kind.PARAMETER, place.child("parameters"), path);
        visit(Kind.REQUEST_BODY, place.child("requestBody"), "");
        members(Kind.RESPONSE, place.child("responses"), "");
    }

    private void content(Place place) {
        Place content = place.child("content");
        content.node()
                .fieldNames()
                .forEachRemaining(type -> visit(Kind.PART, content.child(type).child("schema"), ""));
    }

    private void schema(Place place) {
        members(Kind.PROPERTY, place.child("properties"), "");
        visit(Kind.PART, place.child("items"), "");
        JsonNode additional = place.node().path("additionalProperties");
        if (additional.isObject()) {
            visit(Kind.PART, place.child("additionalProperties"), "");
        }
        for (String list : List.of("oneOf", "anyOf", "allOf")) {
            list(Kind.PART, place.child(list), "");
        }
        Place mapping = place.child("discriminator").child("mapping");
        mapping.node().fieldNames().forEachRemaining(value -> {
            String reference = mapping.node().path(value).asText();
            if (files.resolve(reference, place.file()).isEmpty()) {
                dangling.add(mapping.child(value).finding("dangling-reference", "nothing is at " + reference));
            }
        });
    }

    private void members(Kind kind, Place map, String context) {
        map.node().fieldNames().forEachRemaining(name -> visit(kind, map.child(name), context));
    }

    private void list(Kind kind, Place list, String context) {
        for (int i = 0; i < list.node().size(); i++) {
            visit(kind, list.child(i), context);
        }
    }

    private static String key(Place place) {
        return place.file() + "#" + place.pointer();
    }
}
