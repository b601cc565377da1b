package io.github.defenderreactive.codegen.internal.reference;

import io.github.defenderreactive.codegen.internal.description.Citation;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types and members that the documentation of a service does not contain, as lines of Markdown. */
final class UndocumentedMembers {

    private final Schemas schemas;
    private final Element info;
    private final List<String> lines = new ArrayList<>();

    private UndocumentedMembers(Schemas schemas, Element info) {
        this.schemas = schemas;
        this.info = info;
    }

    static List<String> of(Schemas schemas, Element info) {
        UndocumentedMembers members = new UndocumentedMembers(schemas, info);
        schemas.all().forEach(members::schema);
        return members.lines;
    }

    private void schema(String name, Element schema) {
        Citation ofType = Citation.of(schema, info);
        if (ofType.isUndocumented()) {
            add(name, "", ofType);
        }
        Map<Citation, List<String>> names = new LinkedHashMap<>();
        schema.get("properties").members().forEach((wire, member) -> {
            Citation citation = Citation.of(member, schema, info);
            if (citation.isUndocumented() && !citation.equals(ofType)) {
                names.computeIfAbsent(citation, found -> new ArrayList<>()).add("`" + wire + "`");
            }
        });
        names.forEach((citation, found) -> add(name, " " + String.join(", ", found), citation));
    }

    private void add(String schema, String members, Citation citation) {
        lines.add("`" + schemas.className(schema) + "`" + members + ": " + citation.sentence(code -> "`" + code + "`"));
    }
}
