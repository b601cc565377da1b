package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentsTest {

    private static final String SCHEMA = "{ schema: { type: string } }";

    private static Normalized responses(String responses) {
        return Bakery.operation("{ operationId: get, responses: " + responses.replace("SCHEMA", SCHEMA) + " }", "{}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ application/json: SCHEMA } | { application/json: SCHEMA }",
                "{ application/json; charset=utf-8: SCHEMA } | { application/json: SCHEMA }",
                "{ application/vnd.oven.v2+json; v=2: SCHEMA } | { application/vnd.oven.v2+json: SCHEMA }",
                "{ application/xml: { schema: {} }, application/json: SCHEMA } | { application/json: SCHEMA }",
                "{ text/plain: { schema: { type: integer } }, application/json: SCHEMA } | { application/json: SCHEMA }",
                "{ '*/*': SCHEMA } | { application/json: SCHEMA }",
                "{ application/json: {} } | { application/json: { schema: { x-defender-any: true } } }",
                "{ text/plain: { schema: { type: integer } } } | { text/plain: { schema: { type: integer } } }",
                "{ application/xml: SCHEMA } | { application/xml: SCHEMA }",
            })
    void shouldPreferJson(String content, String expected) {
        Normalized normalized = responses("{ '200': { description: x, content: " + content + " } }");

        assertThat(Bakery.get(normalized).at("/responses/200/content"))
                .isEqualTo(Bakery.yaml(expected.replace("SCHEMA", SCHEMA)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ 2XX: { description: x }, default: { description: y } } | 2XX default",
                "{ default: { description: y } } | 2XX",
                "{ '302': { description: y } } | 302 2XX",
                "{} | 2XX",
            })
    void shouldHaveASuccess(String responses, String statuses) {
        assertThat(Bakery.get(responses(responses)).path("responses").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(statuses.split(" ", -1));
    }

    @Test
    void shouldIgnoreHeadersThatAreNoParameters() {
        Normalized normalized = Bakery.operation(
                "{ operationId: get, parameters: [ { name: accept, in: header, schema: { type: string } }, { name: top,"
                        + " in: query, schema: { type: integer } }, { name: Accept, in: header, required: true, schema: {"
                        + " type: string, const: a/b } } ], responses: {} }",
                "{}");

        assertThat(Bakery.get(normalized).path("parameters")).hasSize(2);
        assertThat(Bakery.notes(normalized))
                .contains("#/paths/~1breads/get/parameters/0: the header accept is set by the client, so it is not a"
                        + " parameter.");
    }

    @Test
    void shouldReadSecurityOfTheDocumentOnly() {
        Normalized normalized =
                Bakery.operation("{ operationId: get, security: [ { key: [] } ], responses: {} }", "{}");

        assertThat(Bakery.get(normalized).has("security")).isFalse();
        assertThat(Bakery.notes(normalized)).anyMatch(note -> note.contains("the same authorization"));
    }
}
