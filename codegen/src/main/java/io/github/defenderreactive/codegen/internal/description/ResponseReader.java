package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.Shape;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the successful responses of an operation, which all have one form. */
final class ResponseReader {

    private final OperationElement operation;
    private final Schemas schemas;

    ResponseReader(OperationElement operation, Schemas schemas) {
        this.operation = operation;
        this.schemas = schemas;
    }

    /**
     * A successful response.
     *
     * @param lines whether each item is a line
     * @param schema the name of the schema of the entity or item, or null if it has none
     * @param type the type of the entity or item, or null for an empty response
     */
    record Response(
            Shape shape,
            boolean lines,
            @Nullable String schema,
            @Nullable JavaType type) {

        private static Response of(Shape shape, @Nullable String schema, @Nullable JavaType type) {
            return new Response(shape, false, schema, type);
        }

        boolean collection() {
            return shape == Shape.COLLECTION;
        }
    }

    Response read() {
        List<Response> responses =
                operation.successes().stream().map(this::read).toList();
        if (responses.stream().distinct().count() != 1) {
            throw operation.problem(
                    responses.isEmpty()
                            ? "needs a successful response; add one"
                            : "its successful responses differ in schema");
        }
        return responses.get(0);
    }

    private Response read(Element success) {
        Content content = Content.of(success);
        if (content == null) {
            return Response.of(Shape.EMPTY, null, null);
        }
        return switch (content.kind()) {
            case JSON -> json(success.get("content"), content.schema());
            case LINES -> lines(content);
            case TEXT, FORM -> text(content);
            case BYTES, MULTIPART -> Response.of(Shape.BYTES, null, JavaType.BUFFER);
        };
    }

    /** An integer is the same text in JSON. */
    private Response text(Content content) {
        JavaType type = content.schema().exists() ? schemas.type(content.schema()) : JavaType.TEXT;
        return type.form() == JavaType.Form.INT || type.form() == JavaType.Form.LONG
                ? Response.of(Shape.SINGLE, null, JavaType.LONG)
                : Response.of(Shape.TEXT, null, JavaType.TEXT);
    }

    /** The schema is that of a line, or of the list of all lines. */
    private Response lines(Content content) {
        if (!content.schema().exists()) {
            throw operation.problem("the response needs a schema; mark a free value with x-defender-any");
        }
        Element schema = content.schema().followed();
        boolean list = Schemas.typeName(schema).equals("array");
        Element item = list ? schema.need("items") : content.schema();
        return new Response(Shape.ITEMS, true, itemSchema(item), schemas.type(item));
    }

    private @Nullable String itemSchema(Element item) {
        return item.has("$ref") && Schemas.isObject(item.followed()) ? schemas.referenced(item) : null;
    }

    private Response page(Element item) {
        return Response.of(Shape.COLLECTION, item.has("$ref") ? schemas.referenced(item) : null, schemas.type(item));
    }

    private Response json(Element content, Element schema) {
        if (!schema.exists()) {
            throw content.problem("the response needs a schema; mark a free value with x-defender-any");
        }
        boolean named = schema.has("$ref");
        Element followed = schema.followed();
        if (named && Schemas.isCollection(followed)) {
            return page(PageShape.of(operation.need("x-defender-paging")).item(followed));
        }
        JavaType type = schemas.type(schema);
        Element paging = operation.need("x-defender-paging");
        if (type.isList()
                && !paging.text("strategy", "none").equals("none")
                && PageShape.of(paging).isBare()) {
            return page(followed.need("items"));
        }
        if (type.isList()) {
            return Response.of(Shape.ITEMS, itemSchema(followed.need("items")), type.inner());
        }
        // The upper bound of a count is not documented.
        return Response.of(
                Shape.SINGLE,
                named ? schemas.referenced(schema) : null,
                !named && type.form() == JavaType.Form.INT ? JavaType.LONG : type);
    }
}
