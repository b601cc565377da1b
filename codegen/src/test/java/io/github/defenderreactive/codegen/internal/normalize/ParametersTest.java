package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.internal.description.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "schema: {} | { type: string }",
                "schema: { oneOf: [ { type: string }, { type: integer } ] } | { type: string }",
                "content: { application/json: { schema: { type: object } } } | { type: string }",
                "schema: { type: integer } | { type: integer }",
                "schema: { type: array, items: {} } | { type: array, items: { type: string } }",
            })
    void shouldBeATextWhereATextCanBeSent(String parameter, String expected) {
        Normalized normalized = Bakery.operation(
                "{ operationId: get, parameters: [ { name: a, in: query, " + parameter + " } ], responses: {} }", "{}");

        assertThat(Bakery.get(normalized).at("/parameters/0/schema")).isEqualTo(Bakery.yaml(expected));
    }

    @Test
    void shouldSendTheMembersOfADeepObject() {
        Normalized normalized = Bakery.operation(
                "{ operationId: get, parameters: [ { name: page, in: query, style: deepObject, required: true,"
                        + " description: d, schema: { type: object, required: [ size ], properties: { size: { type:"
                        + " integer }, sort: { type: string, description: s } } } }, { name: top, in: query, schema: {"
                        + " type: integer } } ], responses: {} }",
                "{}");

        assertThat(Bakery.get(normalized).path("parameters"))
                .isEqualTo(
                        Bakery.yaml(
                                "[ { name: 'page[size]', in: query, required: true, description: d, schema: { type:"
                                        + " integer } }, { name: 'page[sort]', in: query, required: false, description: s, schema: {"
                                        + " type: string, description: s } }, { name: top, in: query, schema: { type: integer } } ]"));
        assertThat(normalized.original(Pointer.parse("/paths/~1breads/get/parameters/2/schema")))
                .hasToString("/paths/~1breads/get/parameters/1/schema");
    }
}
