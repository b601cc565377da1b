package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.defenderreactive.codegen.Bundler;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.java.Packages;
import io.github.defenderreactive.codegen.internal.normalize.Normalized;
import io.github.defenderreactive.codegen.internal.view.Sources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON Schema for editors accepts the extensions that the generator accepts, and no others. */
class ExtensionsSchemaTest {

    private static final String PLACES = """
            openapi: 3.1.0
            x-defender-api: library
            info: { title: Library, version: '1' }
            tags: [ { name: books } ]
            paths:
              /books/{id}:
                get:
                  operationId: getBook
                  tags: [ books ]
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                  responses:
                    '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
            components:
              schemas:
                Book: { type: object, properties: { title: { type: string } } }
                Cover: { type: string, enum: [ Hard, Soft ] }
            """;

    /** A place of each kind by the name of its definition in the schema. */
    private static final Map<String, String> POINTERS = Map.of(
            "operation", "/paths/~1books~1{id}/get",
            "parameter", "/paths/~1books~1{id}/get/parameters/0",
            "schema", "/components/schemas/Book",
            "member", "/components/schemas/Book/properties/title",
            "tag", "/tags/0");

    private static JsonNode json = new YAMLMapper().createObjectNode();
    private static JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema("{}");

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = Bundler.class.getResourceAsStream("extensions.schema.json")) {
            json = new YAMLMapper().readTree(in);
        }
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json);
    }

    private static boolean isValid(JsonNode description) {
        return schema.validate(description).isEmpty();
    }

    private static String findings(ObjectNode description) {
        try {
            Normalized.of(description)
                    .check(root -> new Sources(root, new Packages("library", "library.query", "library.api")).all());
            return "";
        } catch (DescriptionException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static ObjectNode with(String pointer, String extension, JsonNode value) throws IOException {
        ObjectNode description = (ObjectNode) new YAMLMapper().readTree(PLACES);
        ((ObjectNode) description.at(pointer)).set(extension, value);
        return description;
    }

    private static Set<String> extensions(JsonNode definition) {
        Set<String> names = new TreeSet<>();
        definition.path("properties").fieldNames().forEachRemaining(names::add);
        names.removeIf(name -> !name.startsWith("x-defender-"));
        return names;
    }

    @Test
    void shouldListTheExtensionsThatTheGeneratorKnowsAtAPlace() throws IOException {
        JsonNode definitions = json.path("$defs");
        Set<String> all = new TreeSet<>();
        definitions.forEach(definition -> {
            all.addAll(extensions(definition));
            all.addAll(extensions(definition.path("else")));
        });
        Map<String, Set<String>> known = new TreeMap<>();
        Map<String, Set<String>> listed = new TreeMap<>();
        for (Map.Entry<String, String> place : POINTERS.entrySet()) {
            JsonNode definition = definitions.path(place.getKey());
            listed.put(place.getKey(), extensions(definition.has("else") ? definition.path("else") : definition));
            for (String extension : all) {
                // No extension has a list of empty lists as its value, so all are refused, but only some as unknown.
                ObjectNode description = with(place.getValue(), extension, new YAMLMapper().readTree("[[]]"));
                if (!findings(description).contains(extension + ": is not known at this place")) {
                    known.computeIfAbsent(place.getKey(), name -> new TreeSet<>())
                            .add(extension);
                }
            }
        }

        assertThat(all).hasSizeGreaterThan(25);
        assertThat(listed).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("io.github.defenderreactive.apispec.Bundle#apis")
    void shouldAcceptOurDescriptions(String api) {
        assertThat(schema.validate(Bundle.load(api).root())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "operation | x-defender-paging | { strategy: pages }",
                "operation | x-defender-paging | { maxPageSize: 5 }",
                "operation | x-defender-permissions | { application: Book.Read }",
                "operation | x-defender-quota | { perMinute: -1 }",
                "operation | x-defender-replay | often",
                "operation | x-defender-timeout | 1 minute",
                "operation | x-defender-not-found | never",
                "operation | x-defender-filterable | title",
                "operation | x-defender-files | { name: books }",
                "operation | x-defender-max-response | many",
                "operation | x-defender-wrapped | maybe",
                "parameter | x-defender-quoted | maybe",
                "schema | x-defender-name | book",
                "schema | x-defender-source | { date: today }",
                "schema | x-defender-case | lower",
                "member | x-defender-source | { evidence: rumoured }",
                "member | x-defender-alias | name",
                "member | x-defender-secret | maybe",
                "member | x-defender-spellings | [ [] ]",
                "tag | x-defender-name | [ books ]",
            })
    void shouldRefuseAValueThatTheGeneratorRefuses(String place, String extension, String value) throws IOException {
        String pointer = String.valueOf(POINTERS.get(place));
        ObjectNode description = with(pointer, extension, new YAMLMapper().readTree(value));

        assertThat(isValid(description)).as("schema").isFalse();
        assertThat(findings(description)).as("generator").isNotEmpty();
    }

    @Test
    void shouldKnowTheStrategiesOfTheGenerator() throws IOException {
        JsonNode strategies = json.at("/$defs/operation/properties/x-defender-paging/properties/strategy/enum");
        ObjectNode description = with(
                String.valueOf(POINTERS.get("operation")),
                "x-defender-paging",
                new YAMLMapper().readTree("{ strategy: pages }"));

        assertThat(strategies).isNotEmpty();
        assertThat(findings(description))
                .endsWith("must be one of "
                        + strategies.valueStream().map(JsonNode::asText).collect(Collectors.joining(", ")));
    }

    /** The table of the guide has a row for each extension. */
    @Test
    void shouldListTheExtensionsOfTheGuide() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("defender.root"), "docs", "regenerate.md"));
        Set<String> rows = Pattern.compile("(?m)^\\| (`x-defender-[^|]*)\\|")
                .matcher(page.substring(page.indexOf("## Extensions")))
                .results()
                .flatMap(row -> Pattern.compile("x-defender-[a-z-]+")
                        .matcher(row.group(1))
                        .results())
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>();
        json.path("$defs").forEach(definition -> listed.addAll(extensions(definition)));

        assertThat(listed).isEqualTo(rows);
    }
}
