package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A validated operation of the description.
 *
 * @param element the element of the operation
 * @param shape the content of a successful response
 * @param lines whether the items are one JSON value per line
 * @param linkPath another path that next links may point to, or null
 * @param timeField the property that time windows filter by, or null
 * @param itemSchema the schema of the entity or item, or null for a scalar or an empty response
 * @param response the type of the entity or item, or null for an empty response
 * @param wrapped whether the entity may be wrapped in a collection with one item
 * @param body the type of a JSON request body, or null
 * @param bodyKind the form of the request body that is not a form, or null
 * @param mediaType the media type of the request body, or empty for JSON, a multipart form or no body
 * @param form the class of a request body that is a form, or null; its properties are parameters
 * @param key the property that identifies an item, or null
 * @param headers constant request headers by name
 * @param maxResponse default size limit of a response with one entity, in bytes; 0 for the common limit
 */
public record OperationDescription(
        Element element,
        String api,
        String id,
        String tag,
        String method,
        String path,
        String summary,
        String description,
        List<String> application,
        List<String> delegated,
        String quotaGroup,
        int perMinute,
        int perHour,
        Shape shape,
        boolean lines,
        String strategy,
        int maxPageSize,
        @Nullable String linkPath,
        @Nullable String timeField,
        @Nullable String key,
        boolean replaySafe,
        boolean emptyOnNotFound,
        Duration timeout,
        List<Parameter> parameters,
        List<String> filterable,
        Citation source,
        boolean wrapped,
        @Nullable String itemSchema,
        @Nullable JavaType response,
        @Nullable JavaType body,
        @Nullable BodyKind bodyKind,
        String mediaType,
        @Nullable String form,
        Map<String, String> headers,
        int maxResponse) {

    static final String FILES_KEY = "x-defender-files";

    /**
     * The files that the links in a response point to.
     *
     * @param name name of the export, in lower camel case
     * @param record the schema of their records
     */
    public record Files(String name, String record) {}

    /** Returns the files that the links in the response point to; empty if it has none. */
    public Optional<Files> files() {
        if (!element.has(FILES_KEY)) {
            return Optional.empty();
        }
        Element files = element.get(FILES_KEY);
        String name = files.need("name").text();
        if (!name.matches("[a-z][A-Za-z0-9]*")) {
            throw files.problem("the name must be a lower camel case name");
        }
        return Optional.of(new Files(name, files.need("record").text()));
    }

    /** The content of a successful response. The names are those of the runtime. */
    public enum Shape {
        SINGLE,
        COLLECTION,
        ITEMS,
        TEXT,
        BYTES,
        EMPTY
    }

    /** The form of a request body. */
    public enum BodyKind {
        JSON,
        TEXT,
        BYTES
    }

    public boolean collection() {
        return shape == Shape.COLLECTION;
    }

    /** Returns the schema of a JSON request body; it does not exist if there is another body or none. */
    public Element bodySchema() {
        Element none = element.get("requestBody").followed();
        Content content = Content.of(none);
        return content == null || content.kind() != Content.Kind.JSON ? none.get("schema") : content.schema();
    }

    /** The place of a parameter in a request. */
    public enum Location {
        PATH,
        QUERY,
        HEADER,
        FORM,
        FILE
    }

    /**
     * A parameter, or a property of a form. The type of a file is not used.
     *
     * @param exploded whether a list is sent as a parameter for each element
     */
    public record Parameter(
            Element element,
            String wire,
            Location location,
            boolean required,
            boolean quoted,
            boolean exploded,
            JavaType type) {

        /** Returns the schema; a property of a form is a schema itself. */
        public Element schema() {
            return element.has("schema") ? element.get("schema") : element;
        }

        /** Returns the name of a path argument in Java. */
        public String name() {
            return GivenName.ofArgument(element, wire);
        }

        /** Returns the name in a query or a form in Java. */
        public String argument() {
            return ArgumentNames.inQuery(element, wire);
        }

        public boolean isFile() {
            return location == Location.FILE;
        }

        public String description() {
            return element.text("description", "");
        }
    }

    public List<Parameter> pathParameters() {
        return in(Location.PATH);
    }

    /** Returns the parameters of the query object, which are those of the query and of headers. */
    public List<Parameter> queryParameters() {
        return in(Location.QUERY, Location.HEADER);
    }

    public List<Parameter> formParameters() {
        return in(Location.FORM, Location.FILE);
    }

    private List<Parameter> in(Location... locations) {
        return parameters.stream()
                .filter(parameter -> List.of(locations).contains(parameter.location()))
                .toList();
    }

    /** Returns the name of the method in Java. */
    public String methodName() {
        return GivenName.ofMethod(element, id);
    }

    public boolean deprecated() {
        return element.flag("deprecated");
    }

    /** Returns the reason of the deprecation and what to use instead. */
    public String deprecation() {
        return element.text("x-defender-deprecated", "Deprecated by the service.");
    }

    /** Returns the description of the successful response. */
    public String outcome() {
        return element.get("responses").members().entrySet().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .map(response -> response.getValue().followed().text("description", ""))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("The response.");
    }

    /** Returns whether a call needs an argument in the query. */
    public boolean isQueryRequired() {
        return queryParameters().stream().anyMatch(Parameter::required);
    }

    /** Returns whether a call can have a body, a form included. */
    public boolean hasBody() {
        return body != null || form != null;
    }

    /** Returns whether a call needs a body. */
    public boolean isBodyRequired() {
        return element.get("requestBody").followed().flag("required");
    }

    /** Returns whether the operation has a query parameter of that name. */
    public boolean hasQueryParameter(String wire) {
        return queryParameters().stream().anyMatch(parameter -> parameter.wire().equals(wire));
    }

    public DescriptionException problem(String finding) {
        return element.problem("operation " + id + ": " + finding);
    }

    /** Returns the type of the query objects of this operation. */
    public String queryType() {
        return id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1) + "Query";
    }

    /** Returns the name of the method that creates the operation. The suffix keeps it apart from the words of Java. */
    public String factory() {
        return id + "Operation";
    }

    public String constant() {
        return JavaNames.free(JavaNames.constant(id), Set.of("ALL"));
    }
}
