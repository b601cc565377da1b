package io.github.defenderreactive.codegen.internal.description;

import java.util.regex.Pattern;

/** The versions of OpenAPI whose descriptions are read. */
public final class Version {

    private static final Pattern READ = Pattern.compile("3\\.[01](\\..*)?");

    private Version() {}

    /**
     * Checks the version of a description.
     *
     * @throws DescriptionException if it is missing or another one: its keywords would have another meaning
     */
    public static void check(Element root) {
        if (root.has("swagger")) {
            throw root.get("swagger")
                    .problem("swagger " + root.get("swagger").node().asText()
                            + ": versions 3.0 and 3.1 of OpenAPI are read; convert the description to 3.0 first");
        }
        if (!root.has("openapi")) {
            throw root.problem("openapi is missing: versions 3.0 and 3.1 are read; add openapi: 3.1.0");
        }
        Element version = root.get("openapi");
        String text = version.node().asText();
        if (!version.node().isTextual()) {
            throw version.problem("must be a text; write openapi: 3.1.0");
        }
        if (!READ.matcher(text).matches()) {
            throw version.problem(
                    "openapi " + text + ": versions 3.0 and 3.1 are read; convert the description to 3.1");
        }
    }

    static boolean is30(Element root) {
        return root.get("openapi").text().startsWith("3.0");
    }
}
