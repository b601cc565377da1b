package io.github.defenderreactive.apispec.payload;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.github.defenderreactive.apispec.payload.AllowedFields.Deviation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a payload is valid against its schema and has no member that the schema lacks.
 *
 * <p>Values of enumerations are not checked: all of them are open, so a value that is not listed is a valid text.
 */
final class PayloadCheck {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final SchemaValidatorsConfig CONFIG =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private static final String DISCRIMINATOR = "discriminator";
    private static final String SCHEMAS = "#/components/schemas/";

    private final JsonNode schemas;
    private final JsonNode definitions;
    private final AllowedFields allowed;

    PayloadCheck(JsonNode components, AllowedFields allowed) {
        this.schemas = components.path("schemas");
        this.definitions = forValidation(schemas);
        this.allowed = allowed;
    }

    List<String> problems(Path file, JsonNode schema) throws IOException {
        return problems(JSON.readTree(Files.readAllBytes(file)), schema);
    }

    /** As {@link #problems(Path, JsonNode)} for an entity that may be the only item of a collection. */
    List<String> problemsOfWrapped(Path file, JsonNode schema) throws IOException {
        JsonNode payload = JSON.readTree(Files.readAllBytes(file));
        JsonNode items = payload.path("value");
        if (!items.isArray()) {
            return problems(payload, schema);
        }
        return items.size() == 1
                ? problems(items.path(0), schema)
                : List.of("/value: " + items.size() + " entities where one may be wrapped");
    }

    List<String> problems(JsonNode payload, JsonNode schema) {
        List<String> problems = new ArrayList<>();
        JsonNode copy = payload.deepCopy();
        compare(copy, schema, "", JsonPointer.empty(), problems);

        ObjectNode document = JSON.createObjectNode();
        document.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        document.setAll((ObjectNode) forValidation(schema));
        document.set("$defs", definitions);
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(document, CONFIG).validate(copy).stream()
                .map(ValidationMessage::getMessage)
                .forEach(problems::add);
        return problems;
    }

    /** Finds members that the schema lacks, and takes allowed texts out of the payload. */
    private void compare(JsonNode value, JsonNode schema, String name, JsonPointer at, List<String> problems) {
        if (schema.path("$ref").isTextual()) {
            String referenced = schema.path("$ref").asText().substring(SCHEMAS.length());
            compare(value, schemas.path(referenced), referenced, at, problems);
        } else if (schema.has(DISCRIMINATOR) && value.isObject()) {
            JsonNode discriminator = schema.path(DISCRIMINATOR);
            String said =
                    value.path(discriminator.path("propertyName").asText()).asText();
            JsonNode reference = discriminator.path("mapping").path(said);
            if (reference.isTextual()) {
                compare(value, JSON.createObjectNode().put("$ref", reference.asText()), name, at, problems);
            } else if (!allowed.allows(name, said, Deviation.CASE)) {
                problems.add(at + ": " + name + " lacks the case " + said);
            }
        } else if (schema.has("oneOf")) {
            compare(value, schema.path("oneOf").path(0), name, at, problems);
        } else if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                compare(value.path(i), schema.path("items"), name, at.appendIndex(i), problems);
            }
        } else if (value instanceof ObjectNode object
                && !schema.path("x-defender-any").asBoolean()) {
            renameToOwn(object, schema);
            members(object, properties(schema), name, at, problems);
        }
    }

    /** A member in another spelling counts as the property, unless the property is there too. */
    private static void renameToOwn(ObjectNode object, JsonNode schema) {
        boolean either = schema.path("x-defender-case").asText().equals("either");
        schema.path("properties").properties().forEach(property -> {
            String own = property.getKey();
            List<String> spellings = new ArrayList<>();
            property.getValue().path("x-defender-spellings").forEach(spelling -> spellings.add(spelling.asText()));
            if (either) {
                spellings.add(otherCase(own));
            }
            for (String spelling : spellings) {
                if (object.has(spelling) && !object.has(own)) {
                    object.set(own, object.remove(spelling));
                }
            }
        });
    }

    private static String otherCase(String name) {
        char first = name.charAt(0);
        return (Character.isUpperCase(first) ? Character.toLowerCase(first) : Character.toUpperCase(first))
                + name.substring(1);
    }

    /** The properties of a schema and of those that it is made of. */
    private ObjectNode properties(JsonNode schema) {
        ObjectNode all = JSON.createObjectNode();
        for (JsonNode part : schema.path("allOf")) {
            JsonNode reference = part.path("$ref");
            all.setAll(properties(
                    reference.isTextual() ? schemas.path(reference.asText().substring(SCHEMAS.length())) : part));
        }
        schema.path("properties").properties().forEach(property -> all.set(property.getKey(), property.getValue()));
        return all;
    }

    private void members(ObjectNode object, JsonNode properties, String name, JsonPointer at, List<String> problems) {
        for (String member : keys(object)) {
            JsonNode property = properties.path(member);
            JsonPointer place = at.appendProperty(member);
            JsonNode value = object.path(member);
            if (property.isMissingNode()) {
                if (!allowed.allows(name, member, Deviation.EXTRA)) {
                    problems.add(place + ": " + name + " lacks this member");
                }
            } else if (value.isTextual() && isScalar(property) && allowed.allows(name, member, Deviation.TEXT)) {
                object.remove(member);
            } else {
                compare(value, property, name, place, problems);
            }
        }
    }

    private static boolean isScalar(JsonNode property) {
        String type = property.path("type").isArray()
                ? property.path("type").path(0).asText()
                : property.path("type").asText();
        return List.of("integer", "number", "boolean").contains(type);
    }

    /** A schema as the validator needs it: open enumerations, 32-bit numbers with their range, no extensions. */
    private static JsonNode forValidation(JsonNode schema) {
        JsonNode copy = schema.deepCopy();
        change(copy);
        return copy;
    }

    private static void change(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.path("x-defender-open").asBoolean()) {
                object.remove("enum");
            }
            if (object.path("format").asText().equals("int32")) {
                object.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            }
            if (object.path("$ref").isTextual()) {
                object.put("$ref", object.path("$ref").asText().replace(SCHEMAS, "#/$defs/"));
            }
            if (object.has(DISCRIMINATOR)) {
                byDiscriminator(object);
            }
            object.remove(
                    keys(object).stream().filter(key -> key.startsWith("x-")).toList());
        }
        node.forEach(PayloadCheck::change);
    }

    /** A validator tries every case of a union, and cases without required members all fit: the named one counts. */
    private static void byDiscriminator(ObjectNode union) {
        JsonNode discriminator = union.remove(DISCRIMINATOR);
        String property = discriminator.path("propertyName").asText();
        union.remove("oneOf");
        union.put("type", "object");
        ArrayNode cases = union.putArray("allOf");
        discriminator.path("mapping").properties().forEach(entry -> {
            ObjectNode choice = cases.addObject();
            ObjectNode condition = choice.putObject("if");
            condition.putObject("properties").putObject(property).put("const", entry.getKey());
            condition.putArray("required").add(property);
            choice.putObject("then").put("$ref", entry.getValue().asText());
        });
    }

    private static List<String> keys(ObjectNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}
