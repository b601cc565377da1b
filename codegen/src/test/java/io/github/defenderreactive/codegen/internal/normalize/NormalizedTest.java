package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.defenderreactive.codegen.internal.bundle.Bundle;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizedTest {

    @Test
    void shouldAssumeNothingAboutADescriptionInTheDialect() {
        ObjectNode bundle = new Bundle(Path.of("src/test/resources/nasty/openapi.yaml")).build();
        ObjectNode copy = bundle.deepCopy();

        Normalized normalized = Normalized.of(bundle);

        assertThat(bundle).isEqualTo(copy);
        assertThat(normalized.notes().stream().filter(note -> !note.text().contains("ignored")))
                .isEmpty();
        assertThat(normalized.document().path("paths")).isEqualTo(bundle.path("paths"));
    }

    @Test
    void shouldBeTheSameWhenRepeated() {
        Normalized once = Bakery.of(
                "{ '/breads/{id}': { parameters: [ { name: id, in: path, required: true, schema: {} } ], post: { requestBody:"
                        + " { content: { text/json: { schema: { properties: { kind: { enum: [ a, A, null ] }, of: { allOf:"
                        + " [ { $ref: '#/components/schemas/Flour' } ] } } } } } } } } }",
                "{ schemas: { Flour: { properties: { a: { type: [ string, integer ] }, A: {} } } } }");

        Normalized twice = Normalized.of(once.document());

        assertThat(twice.document()).isEqualTo(once.document());
        assertThat(twice.notes()).isEmpty();
    }

    /** What is no OpenAPI is left to the checks, which name it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ paths: [], components: [] }",
                "{ paths: { /a: [] }, components: { schemas: [], parameters: 1, responses: x } }",
                "{ paths: { /a: { get: 1, put: { parameters: {}, responses: [], requestBody: 2, tags: x, operationId: 5 } }"
                        + " } }",
                "{ components: { schemas: { A: [], B: { properties: [], required: x, enum: x, allOf: x, oneOf: {}, type:"
                        + " {}, items: [] }, C: null, D: { $ref: 3, discriminator: x, properties: { a: true, b: null } },"
                        + " E: { $ref: '#/%zz' }, F: { $ref: '#/components/schemas/F' }, G: { allOf: [ 1 ] }, H: { oneOf:"
                        + " [ 1, true ] } } } }",
                "{ paths: { /a: { get: { parameters: [ 1, { $ref: '#/no' }, { $ref: 2 } ], responses: { '200': { $ref:"
                        + " '#/components/responses/none' }, default: 1 }, tags: [ 1 ] } } }, tags: {} }",
            })
    void shouldNotFailOnWhatItDoesNotUnderstand(String description) {
        ObjectNode root = (ObjectNode) Bakery.yaml(description);

        assertThat(Normalized.of(root.put("openapi", "3.1.0")).document()).isNotEmpty();
    }

    @Test
    void shouldReportAllFindings() {
        assertThatThrownBy(() ->
                        Bakery.schemas("{ A: { allOf: [ { type: string }, { type: object, properties: {} } ] }, B:"
                                + " { allOf: [ { type: integer }, { type: object, properties: {} } ] } }"))
                .isInstanceOf(DescriptionException.class)
                .hasMessageContaining("2 findings")
                .hasMessageContaining("#/components/schemas/A/allOf/1")
                .hasMessageContaining("#/components/schemas/B/allOf/1");
    }

    @Test
    void shouldNoteWhatIsIgnored() {
        Normalized normalized = Bakery.operation(
                "{ operationId: x, callbacks: { c: {} }, responses: { '200': { description: x, headers: { ETag: {} }, links:"
                        + " { l: {} } } } }",
                "{}");

        assertThat(Bakery.notes(normalized))
                .contains(
                        "#/paths/~1breads/get/callbacks: callbacks are ignored; a client does not receive requests.",
                        "#/paths/~1breads/get/responses/200/links: links of responses are ignored.",
                        "#/paths/~1breads/get/responses/200/headers: headers of responses are ignored.");
    }
}
