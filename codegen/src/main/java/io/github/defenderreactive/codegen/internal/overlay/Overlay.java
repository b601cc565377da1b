package io.github.defenderreactive.codegen.internal.overlay;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.bundle.SourceFiles;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A document of the OpenAPI Overlay Specification, version 1.0 or 1.1. */
public final class Overlay {

    private static final Pattern VERSION = Pattern.compile("1\\.([01])\\.[0-9]+");

    private final Path path;
    private final SourceFiles files;
    private final Element root;
    private final List<Action> actions = new ArrayList<>();
    private final List<DescriptionException> findings = new ArrayList<>();
    private boolean first;

    private Overlay(Path path) {
        this.path = path;
        this.files = new SourceFiles(path);
        this.root = Element.root(files.document(path));
    }

    /**
     * Reads an overlay.
     *
     * @throws DescriptionException with all findings
     */
    public static Overlay read(Path file) {
        Overlay overlay = new Overlay(file.toAbsolutePath().normalize());
        overlay.check();
        if (!overlay.findings.isEmpty()) {
            throw overlay.located(DescriptionException.all(overlay.findings));
        }
        return overlay;
    }

    /** Returns the name of the file without its folder. */
    public String name() {
        return files.name(path);
    }

    List<Action> actions() {
        return actions;
    }

    /** Returns whether the overlay has version 1.0, which cannot change texts, numbers and booleans themselves. */
    boolean isFirstVersion() {
        return first;
    }

    DescriptionException located(DescriptionException problem) {
        return problem.in(files.locations(path, problem.places()));
    }

    Function<Pointer, String> locations(Collection<Pointer> places) {
        return files.locations(path, places);
    }

    private void check() {
        version();
        keys(root, Set.of("overlay", "info", "extends", "actions"));
        text(root, "extends", false);
        Element info = need(root, "info", JsonNode::isObject, "an object");
        if (info != null) {
            keys(info, Set.of("title", "version", "description"));
            text(info, "title", true);
            text(info, "version", true);
            text(info, "description", false);
        }
        Element list = need(root, "actions", JsonNode::isArray, "a list");
        if (list == null) {
            return;
        }
        if (list.node().isEmpty()) {
            find(list, "is empty; add an action");
        }
        Map<JsonNode, Element> known = new HashMap<>();
        for (Element element : list.elements()) {
            Element same = known.putIfAbsent(element.node(), element);
            if (same != null) {
                find(element, "is the same action as #" + same.place() + "; remove one of them");
            } else {
                action(element);
            }
        }
    }

    private void version() {
        Element version = need(root, "overlay", JsonNode::isTextual, "a text, such as 1.1.0");
        if (version == null) {
            return;
        }
        var matcher = VERSION.matcher(version.text());
        if (!matcher.matches()) {
            find(
                    version,
                    "version " + version.text() + ": versions 1.0.x and 1.1.x are read; write overlay: 1.1.0, and use"
                            + " its keys only");
        } else {
            first = matcher.group(1).equals("0");
        }
    }

    private void action(Element element) {
        if (!element.node().isObject()) {
            find(element, "must be an object with target and one of update, remove and copy; correct it");
            return;
        }
        keys(element, Set.of("target", "description", "update", "remove", "copy"));
        text(element, "description", false);
        Element target = need(element, "target", JsonNode::isTextual, "a text");
        JsonPath path = target == null ? null : path(target);
        boolean remove = false;
        if (element.has("remove")) {
            Element flag = need(element, "remove", JsonNode::isBoolean, "true or false");
            remove = flag != null && flag.node().booleanValue();
        }
        JsonPath copy = null;
        if (element.has("copy")) {
            if (first) {
                find(element.get("copy"), "is read since version 1.1; write overlay: 1.1.0");
            }
            Element source = need(element, "copy", JsonNode::isTextual, "a text");
            copy = source == null ? null : path(source);
        }
        boolean update = element.has("update");
        if (update && element.has("copy")) {
            find(element, "has update and copy; remove one of them, or write two actions");
        }
        if (!update && !element.has("copy") && !element.has("remove")) {
            find(element, "has none of update, remove and copy; add one of them");
        }
        if (path != null) {
            actions.add(new Action(element, path, remove, update ? element.get("update") : null, copy));
        }
    }

    private @Nullable JsonPath path(Element element) {
        try {
            return JsonPath.parse(element.text());
        } catch (PathException e) {
            find(element, e.getMessage() + "; correct the path");
            return null;
        }
    }

    private void find(Element at, String finding) {
        findings.add(at.problem(finding));
    }

    private void keys(Element element, Set<String> known) {
        element.node().fieldNames().forEachRemaining(key -> {
            if (!known.contains(key) && !key.startsWith("x-")) {
                find(
                        element.get(key),
                        "unknown key; the keys are "
                                + String.join(", ", known.stream().sorted().toList())
                                + " and extensions that start with x-; correct or remove it");
            }
        });
    }

    private void text(Element owner, String key, boolean required) {
        if (required || owner.has(key)) {
            need(owner, key, JsonNode::isTextual, "a text; write it in quotes");
        }
    }

    private @Nullable Element need(Element owner, String key, Predicate<JsonNode> kind, String expected) {
        if (!owner.has(key)) {
            find(owner, key + " is missing; add it");
            return null;
        }
        Element value = owner.get(key);
        if (!kind.test(value.node())) {
            find(value, "must be " + expected);
            return null;
        }
        return value;
    }
}
