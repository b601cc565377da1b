package io.github.defenderreactive.codegen.internal.description;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The schemas that contain a secret at any depth. */
public final class Secrets {

    private final Schemas schemas;
    private final Set<String> names = new LinkedHashSet<>();

    public Secrets(Schemas schemas) {
        this.schemas = schemas;
        int before = -1;
        // A schema may refer to a later one, so this repeats until a pass finds none.
        while (before < names.size()) {
            before = names.size();
            schemas.all().forEach((name, schema) -> {
                if (parts(schema).stream().anyMatch(part -> isSecret(part) || in(part))) {
                    names.add(name);
                }
            });
        }
    }

    private static List<Element> parts(Element schema) {
        List<Element> parts = new ArrayList<>(schema.get("properties").members().values());
        parts.addAll(schema.get("oneOf").elements());
        parts.addAll(values(schema));
        return parts;
    }

    /** Returns the schemas of the elements of a list and of the values of a map. */
    private static List<Element> values(Element schema) {
        return Stream.of("items", "additionalProperties")
                .map(schema::get)
                .filter(values -> values.node().isObject())
                .toList();
    }

    /**
     * Returns whether the value of a property is a secret, or a list or a map of secrets: by our mark, or as OpenAPI
     * describes passwords.
     */
    public static boolean isSecret(Element property) {
        return property.flag("x-defender-secret")
                || property.flag("writeOnly")
                || property.followed().text("format", "").equals("password")
                || values(property).stream().anyMatch(Secrets::isSecret);
    }

    public boolean of(String schemaName) {
        return names.contains(schemaName);
    }

    /** Returns whether the values of a property, which are objects, lists or maps of objects, contain a secret. */
    public boolean in(Element property) {
        if (property.has("$ref")) {
            return of(schemas.referenced(property));
        }
        return property.get("oneOf").elements().stream().anyMatch(this::in)
                || values(property).stream().anyMatch(this::in);
    }
}
