package io.github.defenderreactive.codegen.internal.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.defenderreactive.codegen.internal.bundle.SourceFiles.Place;
import io.github.defenderreactive.codegen.internal.description.Anchors;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import io.github.defenderreactive.codegen.internal.description.Version;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One run over the source files. It copies the root, inlines path items and moves every other referenced definition to
 * {@code components}, in the order of the first reference. It collects all findings before it fails.
 */
public final class Bundle {

    private static final Pattern COMPONENT_NAME = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern FILE_REFERENCE = Pattern.compile(".*[/#\\\\].*|.*\\.ya?ml");

    private final Path root;
    private final SourceFiles files;
    private final SourceMap sourceMap;
    private final Set<Finding> findings = new LinkedHashSet<>();
    private final Map<String, Map<String, Component>> components = new LinkedHashMap<>();
    private final Map<String, String> operationIds = new LinkedHashMap<>();
    private @Nullable Anchors anchors;

    public Bundle(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.files = new SourceFiles(this.root);
        this.sourceMap = new SourceMap(this.root, files);
    }

    /** The source and the kind of a component. */
    private record Component(Place origin, JsonNode node) {}

    /** A problem at a place of a file. */
    private record Finding(Path file, Pointer place, String text) {}

    /** Returns the places of the sources from which the result was built. */
    public SourceMap sourceMap() {
        return sourceMap;
    }

    /**
     * Returns the description as one document.
     *
     * @throws DescriptionException with everything that is wrong with its references
     */
    public ObjectNode build() {
        ObjectNode source = files.document(root);
        try {
            Version.check(Element.root(source));
        } catch (DescriptionException e) {
            throw e.in(files.locations(root, e.places()));
        }
        ObjectNode out = source.objectNode();
        source.properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "paths", "webhooks" -> out.set(entry.getKey(), pathItems(entry.getKey(), entry.getValue()));
                case "components" -> out.set("components", source.objectNode());
                default -> out.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
        rootComponents(source.path("components"), out);
        // The components of the root keep their order and come first.
        writeComponents(source.path("components"), out);
        refuseReferenceLoops();
        if (!findings.isEmpty()) {
            throw new DescriptionException(findings.stream().map(this::located).toList());
        }
        return out;
    }

    private JsonNode pathItems(String section, JsonNode source) {
        Pointer at = Pointer.ROOT.child(section);
        ObjectNode out = files.document(root).objectNode();
        source.properties()
                .forEach(entry -> out.set(
                        entry.getKey(),
                        pathItem(
                                at.child(entry.getKey()),
                                new Place(root, at.child(entry.getKey()), entry.getValue()),
                                new LinkedHashSet<>())));
        return out;
    }

    private JsonNode pathItem(Pointer place, Place source, Set<String> followed) {
        JsonNode item = source.node();
        Path file = source.file();
        Pointer at = source.pointer();
        if (!item.has("$ref")) {
            sourceMap.add(place, source);
            return copy(item, Kind.PATH_ITEM, file, at);
        }
        if (item.size() > 1) {
            find(file, at, "a referenced path item has no other keys");
        }
        Place target = resolve(item.path("$ref"), file, at.child("$ref"));
        if (target == null) {
            return item;
        }
        if (!followed.add(origin(target))) {
            find(file, at, "references lead back to " + origin(target));
            return item;
        }
        return pathItem(place, target, followed);
    }

    /** The components that the root lists are part of the bundle even if they are not referenced. */
    private void rootComponents(JsonNode source, ObjectNode out) {
        for (Kind kind : Kind.values()) {
            String section = kind.section();
            if (section != null) {
                source.path(section)
                        .properties()
                        .forEach(entry -> reference(
                                TextNode.valueOf("#/components/" + section + "/" + entry.getKey()),
                                kind,
                                root,
                                Pointer.ROOT.child("components").child(section).child(entry.getKey())));
            }
        }
        if (!out.has("components")) {
            out.putObject("components");
        }
    }

    private void writeComponents(JsonNode source, ObjectNode out) {
        ObjectNode target = (ObjectNode) out.path("components");
        source.properties().forEach(entry -> {
            if (Kind.ofSection(entry.getKey()) == null) {
                target.set(entry.getKey(), entry.getValue().deepCopy());
            } else {
                target.putObject(entry.getKey());
            }
        });
        for (Kind kind : Kind.values()) {
            Map<String, Component> members = components.getOrDefault(String.valueOf(kind.section()), Map.of());
            if (kind.section() != null && !members.isEmpty()) {
                ObjectNode section = target.withObjectProperty(kind.section());
                source.path(kind.section()).fieldNames().forEachRemaining(name -> put(section, name, members));
                members.keySet().forEach(name -> put(section, name, members));
            }
        }
    }

    private static void put(ObjectNode section, String name, Map<String, Component> members) {
        Component component = members.get(name);
        if (component != null) {
            section.set(name, component.node());
        }
    }

    private JsonNode copy(JsonNode node, Kind kind, Path file, Pointer at) {
        if (!(node instanceof ObjectNode source)) {
            // A boolean schema, for example in additionalProperties.
            return node.deepCopy();
        }
        ObjectNode out = source.objectNode();
        source.properties().forEach(entry -> {
            String key = entry.getKey();
            Pointer place = at.child(key);
            Kind.Child child = kind.child(key);
            if (key.equals("$ref")) {
                out.set(key, reference(entry.getValue(), kind, file, place));
            } else if (kind == Kind.SCHEMA && key.equals("discriminator")) {
                out.set(key, discriminator(entry.getValue(), file, place));
            } else if (child != null) {
                out.set(key, children(entry.getValue(), child, file, place));
            } else {
                out.set(key, entry.getValue().deepCopy());
            }
        });
        if (kind == Kind.OPERATION) {
            operationId(source, file, at);
        }
        return out;
    }

    private JsonNode children(JsonNode value, Kind.Child child, Path file, Pointer at) {
        if (child.form() == Kind.Form.LIST && value instanceof ArrayNode list) {
            ArrayNode out = list.arrayNode();
            for (int i = 0; i < list.size(); i++) {
                out.add(copy(list.path(i), child.kind(), file, at.child(i)));
            }
            return out;
        }
        if (child.form() == Kind.Form.MAP && value instanceof ObjectNode map) {
            ObjectNode out = map.objectNode();
            map.properties()
                    .forEach(entry -> out.set(
                            entry.getKey(), copy(entry.getValue(), child.kind(), file, at.child(entry.getKey()))));
            return out;
        }
        return copy(value, child.kind(), file, at);
    }

    private void operationId(ObjectNode operation, Path file, Pointer at) {
        String id = operation.path("operationId").asText("");
        if (id.isEmpty()) {
            return;
        }
        String other = operationIds.putIfAbsent(id, files.name(file) + "#" + at);
        if (other != null) {
            find(file, at, "operationId " + id + " is also used at " + other + "; give one of them another id");
        }
    }

    private JsonNode discriminator(JsonNode source, Path file, Pointer at) {
        JsonNode out = source.deepCopy();
        if (out.path("mapping") instanceof ObjectNode mapping) {
            for (Map.Entry<String, JsonNode> entry : List.copyOf(mapping.properties())) {
                String value = entry.getValue().asText();
                String reference = FILE_REFERENCE.matcher(value).matches() ? value : besides(value, file);
                Pointer place = at.child("mapping").child(entry.getKey());
                mapping.set(entry.getKey(), reference(TextNode.valueOf(reference), Kind.SCHEMA, file, place));
            }
        }
        return out;
    }

    /** A mapping may contain the plain name of a schema of the same file. */
    private String besides(String name, Path file) {
        String listed = "/components/schemas/" + name;
        return files.document(file).at(listed).isMissingNode() ? "#/" + name : "#" + listed;
    }

    private JsonNode reference(JsonNode text, Kind kind, Path file, Pointer at) {
        Pointer inside = kind == Kind.SCHEMA && file.equals(root) ? inside(text.asText(), at) : null;
        if (inside != null) {
            // The schemas of the root are part of the bundle under their names.
            return inside.segments().size() == 3
                    ? TextNode.valueOf("#" + inside.toString().replace("%", "%25"))
                    : text;
        }
        Place target = resolve(text, file, at);
        String section = kind.section();
        if (target == null) {
            return text;
        }
        if (section == null) {
            find(file, at, "a reference cannot stand here");
            return text;
        }
        String name = componentName(target, section);
        if (name == null) {
            find(file, at, "must name a whole definition, not " + origin(target));
            return text;
        }
        add(section, name, kind, target, file, at);
        return TextNode.valueOf("#/components/" + section + "/" + name);
    }

    /**
     * Returns the place of a schema of the root that is inside of another one, or that the reference names by an
     * identifier or anchor; null for other references.
     */
    private @Nullable Pointer inside(String reference, Pointer at) {
        if (anchors == null) {
            anchors = Anchors.of(files.document(root));
        }
        Pointer target = anchors.find(reference, at);
        if (target == null || target.segments().size() < 3) {
            return null;
        }
        boolean schema = target.segments().subList(0, 2).equals(List.of("components", "schemas"));
        return schema && (target.segments().size() > 3 || !reference.startsWith("#/")) ? target : null;
    }

    private void add(String section, String name, Kind kind, Place target, Path file, Pointer at) {
        Map<String, Component> members = components.computeIfAbsent(section, key -> new LinkedHashMap<>());
        Component known = members.get(name);
        if (known == null) {
            if (forwards(section, name, target)) {
                // The root lists a definition of another file under the name of the definition.
                reference(
                        target.node().path("$ref"),
                        kind,
                        target.file(),
                        target.pointer().child("$ref"));
                return;
            }
            // Registered before its content is copied, because a schema may contain itself.
            members.put(name, new Component(target, target.node()));
            members.put(name, new Component(target, copy(target.node(), kind, target.file(), target.pointer())));
            sourceMap.add(new Pointer(List.of("components", section, name)), target);
        } else if (!origin(known.origin()).equals(origin(target)) && !forwards(section, name, target)) {
            find(file, at, "the name " + name + " is used by " + origin(known.origin()) + " and " + origin(target));
        }
    }

    private boolean forwards(String section, String name, Place target) {
        if (!target.file().equals(root)
                || target.node().size() != 1
                || !target.node().has("$ref")) {
            return false;
        }
        String reference = target.node().path("$ref").asText();
        if (reference.startsWith("#")) {
            return false;
        }
        Place next = resolve(target.node().path("$ref"), root, target.pointer().child("$ref"));
        return next != null && name.equals(componentName(next, section));
    }

    private static @Nullable String componentName(Place target, String section) {
        List<String> segments = target.pointer().segments();
        String name = switch (segments.size()) {
            case 0 -> String.valueOf(target.file().getFileName()).replaceFirst("\\.[^.]*$", "");
            case 1 -> segments.get(0);
            case 3 -> segments.subList(0, 2).equals(List.of("components", section)) ? segments.get(2) : "";
            default -> "";
        };
        return COMPONENT_NAME.matcher(name).matches() ? name : null;
    }

    /** Reports definitions that are only references to themselves, directly or through other references. */
    private void refuseReferenceLoops() {
        components.forEach((section, members) -> members.forEach((name, component) -> {
            Set<String> followed = new LinkedHashSet<>();
            String next = name;
            while (next != null && followed.add(next)) {
                Component at = members.get(next);
                String reference = at == null ? "" : at.node().path("$ref").asText("");
                String prefix = "#/components/" + section + "/";
                next = reference.startsWith(prefix) ? reference.substring(prefix.length()) : null;
            }
            if (next != null && next.equals(name)) {
                find(
                        component.origin().file(),
                        component.origin().pointer(),
                        "refers to nothing but itself: " + String.join(" > ", followed) + "; describe it here");
            }
        }));
    }

    private @Nullable Place resolve(JsonNode reference, Path file, Pointer at) {
        if (!reference.isTextual()) {
            find(file, at, "a reference is a text; write it in quotes");
            return null;
        }
        try {
            return files.resolve(reference.asText(), file);
        } catch (DescriptionException | IllegalArgumentException e) {
            find(file, at, "unresolved reference " + reference.asText() + ": " + e.getMessage());
            return null;
        }
    }

    private String origin(Place place) {
        return files.name(place.file()) + "#" + place.pointer();
    }

    private void find(Path file, Pointer at, String text) {
        findings.add(new Finding(file, at, text));
    }

    private String located(Finding finding) {
        return files.locations(finding.file(), List.of(finding.place())).apply(finding.place()) + " #" + finding.place()
                + ": " + finding.text();
    }
}
