package io.github.defenderreactive.apispec.lint;

/** What an element of a description is, as far as the rules tell elements apart. */
enum Kind {
    ROOT,
    PATH_ITEM,
    OPERATION,
    PARAMETER,
    REQUEST_BODY,
    RESPONSE,
    /** A schema with a name of its own: a key of a schema file or of the root's components. */
    NAMED_SCHEMA,
    /** The schema of a property; it may be a mere reference. */
    PROPERTY,
    /** Any other schema: items, alternatives, the schema of a parameter or of a body. */
    PART;

    boolean isSchema() {
        return this == NAMED_SCHEMA || this == PROPERTY || this == PART;
    }
}
