package io.github.defenderreactive.codegen.internal.reference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.description.Group;
import io.github.defenderreactive.codegen.internal.description.OperationDescription;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Location;
import io.github.defenderreactive.codegen.internal.description.OperationDescription.Parameter;
import io.github.defenderreactive.codegen.internal.description.Schemas;
import io.github.defenderreactive.codegen.internal.java.JavaNames;
import io.github.defenderreactive.codegen.internal.view.Signature;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Example calls of an operation. */
final class CallExample {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String DATE = "2026-11-01";
    private static final String UUID = "00000000-0000-0000-0000-000000000000";
    private static final String TIME = "2026-11-01T00:00:00Z";

    private final Schemas schemas;

    CallExample(Schemas schemas) {
        this.schemas = schemas;
    }

    /** Returns the call with the {@code defender} command. */
    String command(OperationDescription operation) {
        StringBuilder line = new StringBuilder("defender call ").append(operation.id());
        for (Parameter parameter : needed(operation)) {
            line.append(" --param ").append(quoted(parameter.wire() + "=" + argument(parameter)));
        }
        Element body = operation.bodySchema();
        if (body.exists()) {
            line.append(" --body ").append(quoted(value(body).toString()));
        }
        return line.toString();
    }

    /** Returns the call from Java, with no argument that may be left out. */
    static String java(String entry, Group group, OperationDescription operation) {
        List<Signature> forms = Signature.all(operation);
        Signature shortest = forms.get(forms.size() - 1);
        String call = entry + "." + group.accessor() + "()." + shortest.name() + "(";
        if (!operation.isQueryRequired()) {
            return call + String.join(", ", shortest.types().keySet()) + ")";
        }
        StringBuilder query = new StringBuilder(operation.queryType()).append(".builder()");
        operation.queryParameters().stream()
                .filter(Parameter::required)
                .map(Parameter::argument)
                .forEach(name ->
                        query.append('.').append(name).append('(').append(name).append(')'));
        query.append(".build()");
        return call
                + shortest.types().keySet().stream()
                        .map(name -> name.equals("query") ? query : name)
                        .collect(Collectors.joining(", "))
                + ")";
    }

    private static List<Parameter> needed(OperationDescription operation) {
        return operation.parameters().stream().filter(Parameter::required).toList();
    }

    private static String argument(Parameter parameter) {
        if (parameter.location() == Location.FILE) {
            return "@FILE";
        }
        return switch (parameter.type().scalar().form()) {
            case TIME -> TIME;
            case DATE -> DATE;
            case UUID -> UUID;
            case INT, LONG, DOUBLE, DECIMAL -> "0";
            case BOOLEAN -> "true";
            default -> JavaNames.constant(JavaNames.member(parameter.wire()));
        };
    }

    /** Returns a text as one word of a shell. */
    private static String quoted(String word) {
        return word.matches("[\\w.:=@/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Returns an object with its required properties, or with its first one if none is required. */
    private JsonNode value(Element reference) {
        Element schema = reference.followed();
        if (schema.has("const")) {
            return schema.get("const").node();
        }
        if (Schemas.isEnum(schema)) {
            List<JsonNode> legacy = schema.get("x-defender-legacy").elements().stream()
                    .map(Element::node)
                    .toList();
            return schema.get("enum").elements().stream()
                    .map(Element::node)
                    .filter(choice -> !choice.isNull() && !legacy.contains(choice))
                    .findFirst()
                    .orElse(JSON.textNode("TEXT"));
        }
        if (Schemas.isUnion(schema)) {
            Map.Entry<String, Element> first = schema.need("discriminator")
                    .need("mapping")
                    .members()
                    .entrySet()
                    .iterator()
                    .next();
            Element choice = schema.get("oneOf").elements().get(0);
            return ((ObjectNode) value(choice))
                    .put(schema.get("discriminator").need("propertyName").text(), first.getKey());
        }
        if (Schemas.isObject(schema)) {
            return object(schema);
        }
        if (schema.has("oneOf")) {
            // A nullable reference.
            return value(schema.get("oneOf").elements().stream()
                    .filter(choice -> choice.has("$ref"))
                    .findFirst()
                    .orElseThrow(() -> schema.problem("must have a named schema")));
        }
        return switch (schemas.type(schema).form()) {
            case LIST -> JSON.arrayNode().add(value(schema.need("items")));
            case TIME -> JSON.textNode(TIME);
            case DATE -> JSON.textNode(DATE);
            case UUID -> JSON.textNode(UUID);
            case BYTES -> JSON.textNode("AA==");
            case MAP -> JSON.objectNode();
            case INT, LONG, DOUBLE, DECIMAL -> JSON.numberNode(1);
            case BOOLEAN -> JSON.booleanNode(true);
            case ANY -> JSON.objectNode();
            default -> JSON.textNode("TEXT");
        };
    }

    private ObjectNode object(Element schema) {
        ObjectNode object = JSON.objectNode();
        Map<String, Element> properties = schema.get("properties").members();
        List<String> required = schema.get("required").texts();
        properties.forEach((name, property) -> {
            if (required.contains(name) || required.isEmpty() && object.isEmpty()) {
                object.set(name, value(property));
            }
        });
        return object;
    }
}
