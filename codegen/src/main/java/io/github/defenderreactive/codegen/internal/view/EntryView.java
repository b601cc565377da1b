package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.List;

/** The data of the template of an entry type, which returns the groups of an API. */
record EntryView(String packageName, List<String> imports, String javadoc, String name, List<Accessor> groups) {

    /** A group. */
    record Accessor(String javadoc, String type, String name) {}

    static EntryView of(Element root, List<Group> groups, Packages packages) {
        Element info = root.get("info");
        return new EntryView(
                packages.api(),
                new Imports().add("Pipeline").sorted(packages.api()),
                new Javadoc()
                        .text("The operations of " + info.text("title", "the API") + " by group.")
                        .text(info.text("description", ""))
                        .block(0),
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
}
