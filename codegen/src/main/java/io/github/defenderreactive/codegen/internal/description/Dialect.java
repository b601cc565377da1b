package io.github.defenderreactive.codegen.internal.description;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Checks of a whole description for what valid OpenAPI allows and generated code would silently do without or do
 * wrongly. All findings are collected before the check fails.
 */
public final class Dialect {

    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "null", "number", "object", "string");
    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final Set<String> OTHER_KEYS = Set.of("description", "parameters", "servers", "summary");
    private static final Set<String> OTHER_METHODS = Set.of("head", "options", "query", "trace");

    private final Element root;
    private final boolean is30;
    private final Findings findings = new Findings();

    private Dialect(Element root) {
        this.root = root;
        this.is30 = Version.is30(root);
    }

    /**
     * Checks a description.
     *
     * @throws DescriptionException with all findings
     */
    public static void check(Element root) {
        Dialect dialect = new Dialect(root);
        dialect.paths();
        dialect.components();
        dialect.findings.refuse();
    }

    /** Returns the members of a mapping; another part of the generator refuses what must be one and is not. */
    private static Map<String, Element> members(Element element) {
        return element.node().isObject() ? element.members() : Map.of();
    }

    private static List<Element> elements(Element element) {
        return element.node().isArray() ? element.elements() : List.of();
    }

    private void paths() {
        members(root.get("paths")).forEach((path, item) -> {
            if (!path.startsWith("/")) {
                findings.add(item.problem("a path begins with a slash; write /" + path));
            }
            same("servers", item);
            elements(item.get("parameters")).forEach(this::parameter);
            members(item).forEach((key, element) -> {
                if (METHODS.contains(key)) {
                    operation(element);
                } else if (OTHER_METHODS.contains(key)) {
                    findings.add(element.problem("operations with " + key.toUpperCase(Locale.ROOT)
                            + " are not generated, only with GET, PUT, POST, PATCH and DELETE; remove the operation"));
                } else if (key.equals("$ref")) {
                    findings.add(element.problem("a path item cannot be a reference; bundle the description first"));
                } else if (!OTHER_KEYS.contains(key) && !key.startsWith("x-")) {
                    findings.add(element.problem(key + " is not a method of HTTP; correct or remove it"));
                }
            });
        });
    }

    private void operation(Element operation) {
        same("servers", operation);
        same("security", operation);
        elements(operation.get("parameters")).forEach(this::parameter);
        content(operation.get("requestBody"));
        members(operation.get("responses")).values().forEach(this::response);
    }

    private void components() {
        Element components = root.get("components");
        members(components.get("parameters")).values().forEach(this::parameter);
        members(components.get("requestBodies")).values().forEach(this::content);
        members(components.get("responses")).values().forEach(this::response);
        members(components.get("schemas")).values().forEach(this::schema);
    }

    /** One client has one root and one credential for all operations. */
    private void same(String key, Element owner) {
        if (!owner.has(key)) {
            return;
        }
        boolean servers = key.equals("servers");
        Set<String> own = servers ? servers(owner) : security(owner);
        Set<String> common = servers ? servers(root) : security(root);
        if (!own.equals(common)) {
            findings.add(owner.get(key)
                    .problem(key + " " + own + (servers ? " differ from those" : " differs from that")
                            + " of the document, " + common + ", and all operations of a client have the same " + key
                            + "; remove " + (servers ? "them" : "it")
                            + " here, or describe the operation in a document of its own"));
        }
    }

    private static Set<String> servers(Element owner) {
        Set<String> urls = new LinkedHashSet<>();
        elements(owner.get("servers"))
                .forEach(server -> urls.add(server.get("url").node().asText()));
        return urls.isEmpty() ? Set.of("/") : urls;
    }

    /** Returns the alternatives. Scopes are left out, because permissions have an extension of their own. */
    private static Set<String> security(Element owner) {
        Set<String> alternatives = new LinkedHashSet<>();
        elements(owner.get("security"))
                .forEach(alternative -> alternatives.add(String.join(
                        " + ", members(alternative).keySet().stream().sorted().toList())));
        alternatives.remove("");
        return alternatives;
    }

    private void parameter(Element parameter) {
        String style = parameter.get("style").node().asText("");
        String wanted =
                Set.of("query", "cookie").contains(parameter.get("in").node().asText("")) ? "form" : "simple";
        if (!style.isEmpty() && !style.equals(wanted)) {
            findings.add(parameter
                    .get("style")
                    .problem(
                            style.equals("deepObject")
                                    ? "style deepObject is not supported; describe each member as a parameter of its"
                                            + " own, with a name such as filter[since]"
                                    : "style " + style + " is not supported; use style: " + wanted
                                            + " with explode: false, where commas separate the values of a list, if the"
                                            + " service accepts it"));
        }
        if (parameter.has("schema")) {
            schema(parameter.get("schema"));
        }
        content(parameter);
    }

    private void response(Element response) {
        content(response);
        members(response.get("headers")).values().stream()
                .filter(header -> header.has("schema"))
                .forEach(header -> schema(header.get("schema")));
    }

    private void content(Element owner) {
        members(owner.get("content")).values().stream()
                .filter(media -> media.has("schema"))
                .forEach(media -> schema(media.get("schema")));
    }

    private void schema(Element schema) {
        if (!schema.node().isObject()) {
            findings.add(
                    schema.problem("is not a schema: " + schema.node() + "; a free value has x-defender-any: true"));
            return;
        }
        if (schema.has("required") && !schema.get("required").node().isArray()) {
            findings.add(schema.get("required")
                    .problem("must be a list of members; name this member in the list of the object that has it"));
        }
        Set<String> types = types(schema);
        findings.check(
                () -> Bounds.check(schema, schema.has("$ref") ? types(schema.followed()) : types, is30, findings::add));
        members(schema.get("properties")).values().forEach(this::schema);
        for (String key : List.of("allOf", "anyOf", "oneOf")) {
            // A choice may be null.
            elements(schema.get(key)).stream()
                    .filter(choice -> !choice.get("type").node().asText().equals("null"))
                    .forEach(this::schema);
        }
        for (String key : List.of("items", "additionalProperties")) {
            // Both may be true or false.
            if (schema.get(key).node().isObject()) {
                schema(schema.get(key));
            }
        }
    }

    private Set<String> types(Element schema) {
        Element type = schema.get("type");
        Set<String> types = new LinkedHashSet<>();
        List<Element> listed = type.node().isArray() ? type.elements() : type.exists() ? List.of(type) : List.of();
        for (Element one : listed) {
            JsonNode node = one.node();
            if (!node.isTextual() || !TYPES.contains(node.asText())) {
                findings.add(one.problem("unknown type " + (node.isTextual() ? node.asText() : node) + hint(node)));
                return Set.of();
            }
            types.add(node.asText());
        }
        if (types.remove("null") && types.isEmpty()) {
            findings.add(type.problem("the only type is null, so there is no value to read; add the type of the"
                    + " values, or mark a free value with x-defender-any: true"));
        }
        return types;
    }

    private static String hint(JsonNode node) {
        return node.isNull()
                ? "; write 'null' in quotes"
                : "; the types are array, boolean, integer, null, number, object and string";
    }
}
