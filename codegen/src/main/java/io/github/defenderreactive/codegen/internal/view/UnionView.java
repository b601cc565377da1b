package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.description.Unions;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The data of the template of a union. */
record UnionView(
        String packageName,
        List<String> imports,
        String javadoc,
        String name,
        String permitted,
        String discriminator,
        String discriminatorCode,
        boolean hides,
        List<Case> cases) {

    /** A value of the discriminator. */
    record Case(String value, String type) {}

    static UnionView of(Unions.Union union, Element schema, Schemas schemas, Packages packages, boolean hides) {
        Imports imports = new Imports()
                .add("Collections", "JsonEncodable", "JsonReader", "JsonValue", "JsonWriter", "LinkedHashMap", "Map")
                .add("Nullable", "Set", "UnknownMembers");
        String name = schemas.className(union.name());
        Set<String> permitted = new LinkedHashSet<>();
        union.cases().values().forEach(member -> permitted.add(schemas.className(member)));
        permitted.add(name + ".Unknown");
        return new UnionView(
                packages.model(),
                imports.sorted(packages.model()),
                OriginJavadoc.addOfType(
                                new Javadoc()
                                        .text(schema.text("description", name))
                                        .markup("The member " + Javadoc.code(union.discriminator())
                                                + " selects the case. An unknown case is preserved."),
                                schema)
                        .block(0),
                name,
                String.join(", ", permitted),
                JavaText.literal(union.discriminator()),
                Javadoc.code(union.discriminator()),
                hides,
                union.cases().entrySet().stream()
                        .map(entry -> new Case(JavaText.literal(entry.getKey()), schemas.className(entry.getValue())))
                        .toList());
    }
}
