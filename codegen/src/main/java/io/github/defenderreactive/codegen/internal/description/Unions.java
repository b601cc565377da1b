package io.github.defenderreactive.codegen.internal.description;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The unions of a description with their cases and discriminators. */
public final class Unions {

    private final Schemas schemas;
    private final Map<String, Union> byName = new LinkedHashMap<>();

    /**
     * A union.
     *
     * @param name name of the schema
     * @param discriminator the member whose value selects the case
     * @param cases schema by value of the discriminator
     */
    public record Union(String name, String discriminator, Map<String, String> cases) {}

    public Unions(Schemas schemas, Findings findings) {
        this.schemas = schemas;
        schemas.all()
                .forEach((name, schema) -> findings.check(() -> {
                    if (Schemas.isUnion(schema)) {
                        byName.put(name, read(name, schema));
                    }
                }));
    }

    private Union read(String name, Element schema) {
        Element discriminator = schema.need("discriminator");
        String property = discriminator.need("propertyName").text();
        Set<String> members = new LinkedHashSet<>();
        schema.get("oneOf").elements().forEach(choice -> members.add(schemas.referenced(choice)));
        Map<String, String> cases = new LinkedHashMap<>();
        discriminator.need("mapping").members().forEach((value, target) -> {
            String prefix = "#/components/schemas/";
            String mapped = target.text().startsWith(prefix) ? target.text().substring(prefix.length()) : target.text();
            if (!members.contains(mapped)) {
                throw target.problem("union " + name + " has no case " + target.text());
            }
            cases.put(value, mapped);
        });
        for (String member : members) {
            Element choice = schemas.all().getOrDefault(member, schema);
            if (!cases.containsValue(member)) {
                throw schema.problem("no value of " + property + " is mapped to the case " + member);
            }
            if (!Schemas.isObject(choice)) {
                throw schema.problem("the case " + member + " is not an object");
            }
            if (!choice.get("properties").has(property)) {
                throw choice.problem("a case of union " + name + " without the property " + property);
            }
        }
        return new Union(name, property, cases);
    }

    public Map<String, Union> all() {
        return byName;
    }

    public List<String> interfacesOf(String schemaName) {
        List<String> interfaces = new ArrayList<>();
        byName.values().forEach(union -> {
            if (union.cases().containsValue(schemaName)) {
                interfaces.add(schemas.className(union.name()));
            }
        });
        return interfaces;
    }

    /** Returns the discriminators that have one value only for a case, with that value. */
    public Map<String, String> fixedDiscriminators(String schemaName) {
        Map<String, String> fixed = new LinkedHashMap<>();
        for (Union union : byName.values()) {
            List<String> values = new ArrayList<>();
            union.cases().forEach((value, target) -> {
                if (target.equals(schemaName)) {
                    values.add(value);
                }
            });
            if (values.size() == 1) {
                fixed.putIfAbsent(union.discriminator(), values.get(0));
            }
        }
        return fixed;
    }
}
