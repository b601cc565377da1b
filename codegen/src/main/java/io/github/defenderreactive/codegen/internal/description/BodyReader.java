package io.github.defenderreactive.codegen.internal.description;

import io.github.defenderreactive.codegen.internal.description.OperationDescription.BodyKind;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Location;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of the requests of an operation. */
final class BodyReader {

    private final OperationElement operation;
    private final Schemas schemas;

    BodyReader(OperationElement operation, Schemas schemas) {
        this.operation = operation;
        this.schemas = schemas;
    }

    private @Nullable Content request() {
        if (!operation.element().has("requestBody")) {
            return null;
        }
        Content content = Content.of(operation.element().get("requestBody").followed());
        if (content == null) {
            throw operation.problem("the request body needs content; describe application/json, or remove requestBody");
        }
        return content;
    }

    /** Returns the kind of the body, or null without a body and for a form. */
    @Nullable
    BodyKind kind() {
        Content content = request();
        if (content == null || content.isForm()) {
            return null;
        }
        return switch (content.kind()) {
            case JSON -> BodyKind.JSON;
            case TEXT -> BodyKind.TEXT;
            default -> BodyKind.BYTES;
        };
    }

    /** Returns the media type of the request body where the runtime would use another one. */
    String mediaType() {
        Content content = request();
        return content == null || content.isPlainJson() || content.kind() == Content.Kind.MULTIPART
                ? ""
                : content.type();
    }

    /** Returns the type of the body, or null without a body and for a form. */
    @Nullable
    JavaType type() {
        Content content = request();
        BodyKind kind = kind();
        if (content == null || kind == null) {
            return null;
        }
        if (kind == BodyKind.BYTES) {
            return JavaType.FILE;
        }
        if (!content.schema().exists()) {
            if (kind == BodyKind.TEXT) {
                return JavaType.TEXT;
            }
            throw operation.problem("the request body needs a schema; mark a free value with x-defender-any");
        }
        JavaType type = schemas.type(content.schema());
        return kind == BodyKind.TEXT && !ParameterReader.isArgument(type) ? JavaType.TEXT : type;
    }

    private @Nullable Element formSchema() {
        Content content = request();
        if (content == null || !content.isForm()) {
            return null;
        }
        if (!content.schema().has("$ref") || !Schemas.isObject(content.schema().followed())) {
            throw operation.problem("the form must be a named object");
        }
        return content.schema();
    }

    /** Returns the name of the schema of a form, or null. */
    @Nullable
    String form() {
        Element schema = formSchema();
        return schema == null ? null : schemas.className(schemas.referenced(schema));
    }

    /** Returns the parts of a form. */
    List<Parameter> parts() {
        Element reference = formSchema();
        if (reference == null) {
            return List.of();
        }
        Element schema = reference.followed();
        List<String> required = schema.get("required").texts();
        List<Parameter> parts = new ArrayList<>();
        schema.get("properties").members().forEach((wire, property) -> {
            JavaType type = schemas.member(property);
            boolean file = property.text("format", "").equals("binary");
            if (!ParameterReader.isArgument(type) || file && !mediaType().isEmpty()) {
                throw property.problem(
                        "a part must be a " + (mediaType().isEmpty() ? "file, " : "") + "text, number, boolean, time or"
                                + " enumeration; describe another part as a text, or send it as multipart/form-data");
            }
            parts.add(new Parameter(
                    property, wire, file ? Location.FILE : Location.FORM, required.contains(wire), false, false, type));
        });
        return parts;
    }
}
