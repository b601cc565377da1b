package io.github.defenderreactive.codegen.internal.view;

import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.MemberNames;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.PageShape;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.java.Imports;
import io.github.defenderreactive.codegen.internal.java.JavaText;
import io.github.defenderreactive.codegen.internal.java.JavaType;
import io.github.defenderreactive.codegen.internal.java.Javadoc;
import io.github.defenderreactive.codegen.internal.java.Packages;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The data of the template of the methods that create the operations of one group.
 *
 * <p>Each operation has a method of its own, because the size of a method is limited: a class initializer with all of
 * them does not compile from a few hundred operations.
 */
record GroupOperationsView(
        String packageName, List<String> imports, String tag, String name, List<Factory> operations) {

    private static final int INFO_INDENT = 24;

    /** Wraps always, so that each parameter has lines of its own. */
    private static final int WIDE = JavaText.WIDTH;

    /** A method that creates an operation. */
    record Factory(String type, String name, List<String> info, List<String> others) {}

    static GroupOperationsView of(Group group, Schemas schemas, Packages packages) {
        Imports imports = new Imports().add("List", "Operation", "OperationInfo");
        List<Factory> operations = group.operations().stream()
                .map(operation -> factory(operation, schemas, packages, imports))
                .toList();
        return new GroupOperationsView(
                packages.api(),
                imports.sorted(packages.api()),
                Javadoc.code(group.tag()),
                Group.operationsType(group.tag()),
                operations);
    }

    private static Factory factory(
            OperationDescription operation, Schemas schemas, Packages packages, Imports imports) {
        JavaType response = operation.response();
        String type = response == null ? "Void" : response.name();
        imports.add("Duration", "Permissions", "Quota", "ReplaySafety", "ResponseShape");
        if (response != null) {
            imports.type(response, packages.model());
        }
        JavaType body = operation.body();
        if (body != null && body.form() == JavaType.Form.OBJECT) {
            imports.type(body, packages.model());
        }
        return new Factory(
                type,
                operation.factory(),
                info(operation, imports),
                others(
                        operation,
                        schemas,
                        List.of(
                                "ResponseShape." + operation.shape(),
                                decoder(operation, response, imports),
                                key(operation, schemas, imports),
                                requestDecoder(operation, imports))));
    }

    /** Returns the arguments after the properties; the last one is the time of an item, for operations read by time. */
    private static List<String> others(OperationDescription operation, Schemas schemas, List<String> always) {
        String field = operation.timeField();
        String item = operation.itemSchema();
        List<String> all = new ArrayList<>(always);
        if (field == null) {
            all.add("null");
            return List.copyOf(all);
        }
        Element property = item == null ? null : schemas.all().get(item);
        property = property == null ? null : property.get("properties").get(field);
        if (item == null
                || property == null
                || !property.exists()
                || schemas.member(property).form() != JavaType.Form.TIME) {
            throw operation
                    .element()
                    .problem("operation " + operation.id() + ": its items have no time property " + field);
        }
        all.add(schemas.className(item) + "::" + accessor(schemas, item, field));
        return List.copyOf(all);
    }

    private static String paging(OperationDescription operation, Imports imports) {
        PageShape shape = PageShape.of(operation.element().get("x-defender-paging"));
        String link = operation.linkPath() == null ? "null" : JavaText.literal(operation.linkPath());
        String field = operation.timeField();
        if (!shape.isOData()) {
            imports.add("Envelope");
            String parameter = shape.parameter();
            return JavaText.call(
                    "new Paging",
                    List.of(
                            "Paging.Strategy." + constant(operation.strategy()),
                            Integer.toString(operation.maxPageSize()),
                            link,
                            field == null ? "null" : JavaText.literal(field),
                            parameter == null ? "null" : JavaText.literal(parameter),
                            Integer.toString(shape.firstPage()),
                            "Envelope.Shape.of(" + JavaText.literal(shape.items()) + ", "
                                    + JavaText.literal(shape.next()) + ")"),
                    INFO_INDENT,
                    INFO_INDENT + ".paging()".length());
        }
        return "new Paging(Paging.Strategy."
                + constant(operation.strategy()) + ", "
                + operation.maxPageSize()
                + (link.equals("null") && field == null ? "" : ", " + link)
                + (field == null ? "" : ", " + JavaText.literal(field))
                + ")";
    }

    private static String constant(String strategy) {
        return strategy.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String decoder(OperationDescription operation, @Nullable JavaType response, Imports imports) {
        if (response == null
                || operation.shape() == OperationDescription.Shape.TEXT
                || operation.shape() == OperationDescription.Shape.BYTES) {
            return "null";
        }
        String decoder = response.strictDecoder();
        if (decoder.contains("JsonReader")) {
            imports.add("JsonReader");
        }
        if (operation.lines()) {
            imports.add("JsonDecoder");
            return "JsonDecoder.lines(" + decoder + ")";
        }
        if (!operation.wrapped()) {
            return decoder;
        }
        imports.add("JsonDecoder");
        return "JsonDecoder.unwrapping(" + decoder + ")";
    }

    /** Returns the decoder of a JSON body, which is a value of any kind if it is not an entity. */
    private static String requestDecoder(OperationDescription operation, Imports imports) {
        JavaType body = operation.body();
        if (body == null || operation.bodyKind() != OperationDescription.BodyKind.JSON) {
            return "null";
        }
        if (body.form() == JavaType.Form.OBJECT) {
            return body.name() + "::read";
        }
        imports.add("JsonReader");
        return "JsonReader::readValue";
    }

    /** Returns the calls of setters, without those that would set a default. */
    private static List<String> info(OperationDescription operation, Imports imports) {
        List<String> info = new ArrayList<>(List.of(
                setter("api", JavaText.literal(operation.api())),
                setter("id", JavaText.literal(operation.id())),
                setter("tag", JavaText.literal(operation.tag())),
                setter("method", JavaText.literal(operation.method())),
                setter("path", JavaText.literal(operation.path())),
                setter("summary", JavaText.literal(operation.summary(), INFO_INDENT)),
                setter(
                        "permissions",
                        JavaText.call(
                                "new Permissions",
                                List.of(
                                        JavaText.listOf(operation.application(), INFO_INDENT + 8),
                                        JavaText.listOf(operation.delegated(), INFO_INDENT + 8)),
                                INFO_INDENT,
                                INFO_INDENT + ".permissions())".length())),
                setter(
                        "quota",
                        "new Quota(" + JavaText.literal(operation.quotaGroup()) + ", " + operation.perMinute() + ", "
                                + operation.perHour() + ")")));
        if (operation.collection() || operation.maxPageSize() > 0) {
            imports.add("Paging");
            info.add(setter("paging", paging(operation, imports)));
        }
        info.add(setter("replaySafety", "ReplaySafety." + (operation.replaySafe() ? "SAFE" : "UNSAFE")));
        if (operation.emptyOnNotFound()) {
            info.add(setter("emptyOnNotFound", "true"));
        }
        if (operation.hasBody() && !operation.isBodyRequired()) {
            info.add(setter("optionalBody", "true"));
        }
        info.add(setter("timeout", "Duration.ofSeconds(" + operation.timeout().toSeconds() + ")"));
        if (!operation.parameters().isEmpty()) {
            List<String> parameters = operation.parameters().stream()
                    .map(parameter -> parameter(parameter, imports))
                    .toList();
            info.add(setter("parameters", JavaText.call("List.of", parameters, INFO_INDENT, WIDE)));
        }
        if (!operation.filterable().isEmpty()) {
            info.add(setter("filterable", JavaText.listOf(operation.filterable(), INFO_INDENT)));
        }
        info.add(setter("sourcePage", JavaText.literal(operation.source().page())));
        if (!operation.headers().isEmpty()) {
            imports.add("Map");
            List<String> headers = new ArrayList<>();
            operation.headers().forEach((name, value) -> {
                headers.add(JavaText.literal(name));
                headers.add(JavaText.literal(value));
            });
            info.add(setter("headers", JavaText.call("Map.of", headers, INFO_INDENT, INFO_INDENT + 11)));
        }
        if (!operation.mediaType().isEmpty()) {
            info.add(setter("requestMediaType", JavaText.literal(operation.mediaType())));
        }
        if (operation.maxResponse() > 0) {
            info.add(setter("maxResponseBytes", Integer.toString(operation.maxResponse())));
        }
        return List.copyOf(info);
    }

    private static String setter(String name, String value) {
        return name + "(" + value + ")";
    }

    private static String parameter(Parameter parameter, Imports imports) {
        imports.add("ParameterInfo");
        return JavaText.call(
                "new ParameterInfo",
                List.of(
                        JavaText.literal(parameter.wire()),
                        "ParameterInfo.Location." + parameter.location(),
                        Boolean.toString(parameter.required()),
                        Boolean.toString(parameter.quoted()),
                        JavaText.literal(parameter.description().strip(), INFO_INDENT + 16)),
                INFO_INDENT + 8,
                INFO_INDENT + 9);
    }

    private static String accessor(Schemas schemas, String item, String wire) {
        Element schema = schemas.all().get(item);
        return schema == null ? wire : MemberNames.of(schema).getOrDefault(wire, wire);
    }

    private static String key(OperationDescription operation, Schemas schemas, Imports imports) {
        String key = operation.key();
        String item = operation.itemSchema();
        if (key == null) {
            return "null";
        }
        if (item == null) {
            throw operation
                    .element()
                    .problem("operation " + operation.id() + ": its items must be entities with a key");
        }
        Element schema = schemas.all().get(item);
        if (schema == null || !schema.get("properties").has(key)) {
            throw operation.element().problem("operation " + operation.id() + ": its items have no property " + key);
        }
        JavaType type = schemas.member(schema.get("properties").get(key));
        String accessor = accessor(schemas, item, key);
        if (type.form() == JavaType.Form.TEXT) {
            return schemas.className(item) + "::" + accessor;
        }
        imports.add("Objects");
        return "item -> Objects.toString(item." + accessor + "(), null)";
    }
}
