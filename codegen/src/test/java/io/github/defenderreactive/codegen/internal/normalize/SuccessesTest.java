package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuccessesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ '200': { description: x, content: { application/json: { schema: { type: string } } } }, '204': { description: y"
                        + " } } | string | false",
                "{ '202': { description: x }, '200': { description: y, content: { application/json: { schema: { type: string } } }"
                        + " } } | string | false",
                "{ '200': { description: x, content: { application/json: { schema: { type: string } } } }, '201': { description:"
                        + " y, content: { application/json: { schema: { type: integer } } } } } | string | true",
                "{ '200': { $ref: '#/components/responses/None' }, '201': { description: y, content: { application/json: {"
                        + " schema: { type: integer } } } } } | integer | false",
            })
    void shouldHaveOneContent(String responses, String type, boolean noted) {
        Normalized normalized = Bakery.operation(
                "{ operationId: get, responses: " + responses + " }", "{ responses: { None: { description: none } } }");

        assertThat(Bakery.get(normalized).path("responses"))
                .allMatch(response -> response.at("/content/application~1json/schema/type")
                        .asText()
                        .equals(type));
        assertThat(Bakery.notes(normalized).stream().anyMatch(note -> note.contains("another content")))
                .isEqualTo(noted);
    }
}
