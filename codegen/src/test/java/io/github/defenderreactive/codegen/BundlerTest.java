package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.bundle.BundleText;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundlerTest {

    @TempDir
    Path folder;

    private ObjectNode bundle(String paths, String components) throws IOException {
        return bundle("""
                openapi: 3.1.0
                info: { title: T, version: '1' }
                paths:
                %s
                components:
                %s
                """.formatted(paths.indent(2), components.indent(2)));
    }

    private ObjectNode bundle(String root) throws IOException {
        file("root.yaml", root);
        return new Bundle(folder.resolve("root.yaml")).build();
    }

    private void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** Returns one operation whose response has the given schema. */
    private static String returning(String id, String schema) {
        return "get: { operationId: %s, responses: { '200': { description: d, content: { application/json: { schema: %s } } } } }"
                .formatted(id, schema);
    }

    @Test
    void shouldKeepEveryReferenceInsideTheBundle() {
        String text = BundleText.yaml(Nasty.bundle());

        assertThat(text.lines().filter(line -> line.contains("$ref")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"#/components/"));
    }

    @Test
    void shouldFollowReferencesUnderEveryKeywordThatHoldsSchemas() throws IOException {
        file("parts.yaml", "A: { type: string }\nB: { type: object }\n");

        ObjectNode bundle = bundle("/a: {}", """
                schemas:
                  Whole:
                    $defs: { inner: { $ref: 'parts.yaml#/A' } }
                    if: { $ref: 'parts.yaml#/B' }
                    then: { $ref: 'parts.yaml#/A' }
                    else: { $ref: 'parts.yaml#/B' }
                    dependentSchemas: { a: { $ref: 'parts.yaml#/B' } }
                    unevaluatedProperties: { $ref: 'parts.yaml#/A' }
                    unevaluatedItems: { $ref: 'parts.yaml#/A' }
                    contentSchema: { $ref: 'parts.yaml#/B' }
                """);

        assertThat(bundle.at("/components/schemas/Whole").findValuesAsText("$ref"))
                .hasSize(8)
                .containsOnly("#/components/schemas/A", "#/components/schemas/B");
    }

    @Test
    void shouldPutWebhooksInPlaceLikePaths() throws IOException {
        file(
                "hooks.yaml",
                "raised:\n  post: { operationId: raised, responses: { '200': { $ref: '#/Done' } } }\n"
                        + "Done: { description: d }\n");

        ObjectNode bundle = bundle("""
                openapi: 3.1.0
                info: { title: T, version: '1' }
                webhooks:
                  raised: { $ref: 'hooks.yaml#/raised' }
                """);

        assertThat(bundle.at("/webhooks/raised/post/operationId").asText()).isEqualTo("raised");
        assertThat(bundle.at("/components/responses/Done/description").asText()).isEqualTo("d");
    }

    @Test
    void shouldRefuseASecondDocumentInAFile() throws IOException {
        file("two.yaml", "A: { type: string }\n---\nB: { type: string }\n");

        assertThatThrownBy(() -> bundle("/a: {}", "schemas: { A: { $ref: 'two.yaml#/A' } }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("two.yaml");
    }

    @Test
    void shouldWriteYamlAndJsonOfTheSameTree() throws IOException {
        ObjectNode tree = Nasty.bundle();

        JsonNode json = JsonMapper.builder().build().readTree(BundleText.json(tree));
        assertThat(YAMLMapper.builder().build().readTree(BundleText.yaml(tree))).isEqualTo(json);
        assertThat(json.at("/components/schemas/ShipClass/enum").toString())
                .isEqualTo(tree.at("/components/schemas/ShipClass/enum").toString());
    }

    @Test
    void shouldNameTheFileAndThePlaceOfADanglingReference() throws IOException {
        file("paths/a.yaml", "a:\n  " + returning("readA", "{ $ref: '../schemas.yaml#/Missing' }"));
        file("schemas.yaml", "Present: { type: object }");

        assertThatThrownBy(() -> bundle("/a: { $ref: 'paths/a.yaml#/a' }", "schemas: {}"))
                .isInstanceOf(DescriptionException.class)
                .hasMessage("paths/a.yaml:2:109 #/a/get/responses/200/content/application~1json/schema/$ref: unresolved"
                        + " reference ../schemas.yaml#/Missing: no definition at schemas.yaml#/Missing; correct the"
                        + " reference, or add the definition");
    }

    @Test
    void shouldCollectAllFindings() throws IOException {
        assertThatThrownBy(() -> bundle(
                        "/a: { $ref: 'nowhere.yaml#/a' }\n/b: { $ref: '#/x' }\n/c: { " + returning("c", "{ $ref: 7 }")
                                + " }",
                        "schemas: {}"))
                .hasMessageStartingWith("3 findings:")
                .hasMessageContaining("root.yaml:4:9 #/paths/~1a/$ref: unresolved reference nowhere.yaml#/a")
                .hasMessageContaining("nowhere.yaml: no such file")
                .hasMessageContaining(
                        "root.yaml:5:9 #/paths/~1b/$ref: unresolved reference #/x: no definition at root.yaml#/x")
                .hasMessageContaining("a reference is a text");
    }

    @Test
    void shouldRefuseTwoDefinitionsOfOneName() throws IOException {
        file("one.yaml", "Thing: { type: object }");
        file("two.yaml", "Thing: { type: object }");

        assertThatThrownBy(() -> bundle(
                        "/a: { " + returning("a", "{ $ref: 'one.yaml#/Thing' }") + " }\n/b: { "
                                + returning("b", "{ $ref: 'two.yaml#/Thing' }") + " }",
                        "schemas: {}"))
                .hasMessageContaining("root.yaml:5:111 #/paths/~1b/get")
                .hasMessageContaining("the name Thing is used by one.yaml#/Thing and two.yaml#/Thing");
    }

    @Test
    void shouldRefuseOneNameForRootAndFile() throws IOException {
        file("one.yaml", "Thing: { type: object }");

        assertThatThrownBy(() -> bundle(
                        "/a: { " + returning("a", "{ $ref: 'one.yaml#/Thing' }") + " }",
                        "schemas: { Thing: { type: object } }"))
                .hasMessageContaining("the name Thing is used by");
    }

    @Test
    void shouldRefuseADuplicateKey() throws IOException {
        file("one.yaml", "Thing: { type: object }\nThing: { type: object }\n");

        assertThatThrownBy(() -> bundle("/a: { " + returning("a", "{ $ref: 'one.yaml#/Thing' }") + " }", "schemas: {}"))
                .hasMessageContaining("one.yaml:2:6: Duplicate field 'Thing'");
    }

    @Test
    void shouldRefuseADuplicateOperationId() throws IOException {
        assertThatThrownBy(() -> bundle(
                        "/a: { " + returning("same", "{ type: integer }") + " }\n/b: { "
                                + returning("same", "{ type: integer }") + " }",
                        "schemas: {}"))
                .hasMessage("root.yaml:5:9 #/paths/~1b/get: operationId same is also used at root.yaml#/paths/~1a/get;"
                        + " give one of them another id");
    }

    @Test
    void shouldKeepSchemasThatContainOneAnother() throws IOException {
        file("one.yaml", "A: { type: object, properties: { b: { $ref: 'two.yaml#/B' }, self: { $ref: '#/A' } } }");
        file("two.yaml", "B: { type: object, properties: { a: { $ref: 'one.yaml#/A' } } }");

        ObjectNode tree = bundle("/a: { " + returning("a", "{ $ref: 'one.yaml#/A' }") + " }", "schemas: {}");

        assertThat(tree.at("/components/schemas/A/properties/b/$ref").asText()).isEqualTo("#/components/schemas/B");
        assertThat(tree.at("/components/schemas/A/properties/self/$ref").asText())
                .isEqualTo("#/components/schemas/A");
        assertThat(tree.at("/components/schemas/B/properties/a/$ref").asText()).isEqualTo("#/components/schemas/A");
    }

    @Test
    void shouldRefuseReferencesThatLeadToThemselves() throws IOException {
        file("one.yaml", "A: { $ref: 'two.yaml#/B' }");
        file("two.yaml", "B: { $ref: 'one.yaml#/A' }\nitem: { $ref: '#/item' }");

        assertThatThrownBy(() -> bundle("/a: { " + returning("a", "{ $ref: 'one.yaml#/A' }") + " }", "schemas: {}"))
                .hasMessageContaining("one.yaml:1:1 #/A: refers to nothing but itself");
        assertThatThrownBy(() -> bundle("/a: { $ref: 'two.yaml#/item' }", "schemas: {}"))
                .hasMessageContaining("references lead back to two.yaml#/item");
    }

    @Test
    void shouldNotDependOnTheOrderOfDefinitionsInAFile() throws IOException {
        String paths = "/a: { " + returning("a", "{ $ref: 'one.yaml#/A' }") + " }";
        file("one.yaml", "A: { type: object, properties: { b: { $ref: '#/B' } } }\nB: { type: object }\n");
        String forwards = BundleText.yaml(bundle(paths, "schemas: {}"));
        file("one.yaml", "B: { type: object }\nA: { type: object, properties: { b: { $ref: '#/B' } } }\n");

        assertThat(BundleText.yaml(bundle(paths, "schemas: {}"))).isEqualTo(forwards);
    }

    @Test
    void shouldRewriteDiscriminatorMappings() {
        JsonNode mapping = Nasty.bundle().at("/components/schemas/Cargo/discriminator/mapping");

        assertThat(mapping.toString())
                .isEqualTo("{\"container\":\"#/components/schemas/Container\",\"bulk\":\"#/components/schemas/Bulk\","
                        + "\"car\":\"#/components/schemas/Vehicle\",\"lorry\":\"#/components/schemas/Vehicle\"}");
    }

    @Test
    void shouldLeaveNamesAndExamplesThatLookLikeReferencesAlone() throws IOException {
        ObjectNode tree = bundle(
                "/a: { " + returning("a", "{ $ref: '#/components/schemas/A' }") + " }",
                "schemas: { A: { type: object, properties: { $ref: { type: string } }, example: { $ref: nowhere } } }");

        assertThat(tree.at("/components/schemas/A/properties/$ref/type").asText())
                .isEqualTo("string");
        assertThat(tree.at("/components/schemas/A/example/$ref").asText()).isEqualTo("nowhere");
    }

    @Test
    void shouldRefuseReferencesIntoDefinitionsAndOutOfTheFolder() throws IOException {
        file("one.yaml", "A: { type: object, properties: { b: { type: string } } }");

        assertThatThrownBy(() ->
                        bundle("/a: { " + returning("a", "{ $ref: 'one.yaml#/A/properties/b' }") + " }", "schemas: {}"))
                .hasMessageContaining("must name a whole definition, not one.yaml#/A/properties/b");
        assertThatThrownBy(() -> bundle("/a: { $ref: '../../etc.yaml#/a' }", "schemas: {}"))
                .hasMessageContaining("reference ../../etc.yaml#/a: only files below the root file's folder are read");
        assertThatThrownBy(() -> bundle("/a: { $ref: 'https://example.org/a.yaml#/a' }", "schemas: {}"))
                .hasMessageContaining("only files below the root file's folder are read");
    }

    @Test
    void shouldRefuseYamlAliases() throws IOException {
        assertThatThrownBy(() -> bundle("openapi: 3.1.0\ninfo: &i { title: T }\nother: *i\n"))
                .hasMessage("root.yaml:3:8: YAML aliases are not read; use $ref");
    }

    @Test
    void shouldWriteFilesOnlyWhenTheirContentChanges() throws IOException {
        bundle("/a: { " + returning("a", "{ type: integer }") + " }", "schemas: {}");
        Path yaml = folder.resolve("out").resolve("b.yaml");
        Path json = folder.resolve("out").resolve("b.json");
        String[] arguments = {folder.resolve("root.yaml").toString(), yaml.toString(), json.toString()};
        Bundler.main(arguments);
        FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(yaml, longAgo);
        Files.setLastModifiedTime(json, longAgo);

        Bundler.main(arguments);
        assertThat(Files.getLastModifiedTime(yaml)).isEqualTo(longAgo);
        assertThat(Files.getLastModifiedTime(json)).isEqualTo(longAgo);

        bundle("/a: { " + returning("b", "{ type: integer }") + " }", "schemas: {}");
        Bundler.main(arguments);
        assertThat(Files.readString(yaml)).contains("operationId: b");
        assertThat(Files.readString(json)).contains("\"operationId\": \"b\"");
    }
}
