package io.github.defenderreactive.runtime.operation;

import java.util.Objects;

/**
 * A path, query, header or form parameter of an operation.
 *
 * @param name the name on the wire, for example {@code id} or {@code $filter}
 * @param location the part of the request in which it is sent
 * @param required whether a call requires it
 * @param quoted whether a path value is an OData string literal, sent in single quotes with inner quotes doubled
 * @param description the description, from the API description
 * @since 0.1.0
 */
public record ParameterInfo(String name, Location location, boolean required, boolean quoted, String description) {

    /** A part of a request. */
    public enum Location {
        /** A part of the path. */
        PATH,
        /** A part of the query string. */
        QUERY,
        /** A request header. */
        HEADER,
        /** A text field of a multipart body. */
        FORM,
        /** A file of a multipart body. */
        FILE
    }

    /**
     * Checks the components.
     *
     * @param name the name on the wire, for example {@code id} or {@code $filter}
     * @param location the part of the request in which it is sent
     * @param required whether a call requires it
     * @param quoted whether a path value is an OData string literal, sent in single quotes with inner quotes doubled
     * @param description the description, from the API description
     * @throws NullPointerException if a component is null
     */
    public ParameterInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(description, "description");
    }
}
