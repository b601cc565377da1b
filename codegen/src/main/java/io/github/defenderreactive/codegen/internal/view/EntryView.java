package io.github.defenderreactive.codegen.internal.view;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The data of the template of an entry type, which returns the groups of an API. */
record EntryView(String packageName, List<String> imports, String javadoc, String name, List<Accessor> groups) {

    /** A group. */
    record Accessor(String javadoc, String type, String name) {}

    static EntryView of(Element root, List<Group> groups, Packages packages) {
        Element info = root.get("info");
        Javadoc javadoc = new Javadoc()
                .text("The operations of " + info.text("title", "the API") + " by group.")
                .text(info.text("description", ""));
        root.get("components").get("securitySchemes").members().values().forEach(scheme -> {
            String given = authorization(scheme.followed());
            if (given != null) {
                javadoc.markup("The API accepts " + given + " of the pipeline.");
            }
        });
        return new EntryView(
                packages.api(),
                new Imports().add("Pipeline").sorted(packages.api()),
                javadoc.block(0),
                JavaNames.type(root.need("x-defender-api").text()),
                groups.stream()
                        .map(group -> new Accessor(
                                new Javadoc()
                                        .markup("Returns the operations of the group " + Javadoc.code(group.tag())
                                                + ".")
                                        .text(group.description())
                                        .tag("return", "the operations")
                                        .block(4),
                                group.type(),
                                group.accessor()))
                        .toList());
    }

    /** Returns the authorization that a scheme needs, or null for access tokens of an authority. */
    private static @Nullable String authorization(Element scheme) {
        JsonNode node = scheme.node();
        String type = node.path("type").asText();
        if (type.equals("apiKey") && node.path("in").asText().equals("header")) {
            return "a secret in the header " + Javadoc.code(node.path("name").asText()) + ", which is the "
                    + Javadoc.code("Authorization.header(name, secret)");
        }
        return type.equals("http") && node.path("scheme").asText().equalsIgnoreCase("basic")
                ? "HTTP Basic, which is the " + Javadoc.code("Authorization.basic(user, password)")
                : null;
    }
}
