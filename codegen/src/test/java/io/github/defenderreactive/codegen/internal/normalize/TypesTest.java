package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | { x-defender-any: true }",
                "{ description: x } | { description: x, x-defender-any: true }",
                "{ type: object } | { type: object }",
                "{ type: object, additionalProperties: false } | { type: object, additionalProperties: false }",
                "{ type: [ string, integer, 'null' ] } | { x-defender-any: true }",
                "{ type: [ integer, number ] } | { type: number }",
                "{ type: number, format: int64 } | { type: integer, format: int64 }",
                "{ type: array } | { type: array, items: { x-defender-any: true } }",
                "{ type: array, items: true } | { type: array, items: { x-defender-any: true } }",
                "{ items: { type: string } } | { items: { type: string }, type: array }",
                "{ format: date-time } | { format: date-time, type: string }",
                "{ pattern: a } | { pattern: a, type: string }",
                "{ minimum: 1 } | { minimum: 1, type: number }",
                "{ const: rye } | { const: rye, type: string }",
                "{ const: 7 } | { type: integer }",
                "{ type: str } | { type: str }",
                "{ type: 'null' } | { type: 'null' }",
                "{ x-defender-any: true } | { x-defender-any: true }",
            })
    void shouldHaveOneType(String schema, String expected) {
        assertThat(Bakery.at(Bakery.member(schema, ""), "/components/schemas/Bread/properties/it"))
                .isEqualTo(Bakery.yaml(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type: object } | { type: object }",
                "{ properties: { a: { type: string } } } | { properties: { a: { type: string } }, type: object }",
                "{ description: x } | { description: x, x-defender-any: true }",
            })
    void shouldKeepANamedObjectWithoutMembers(String schema, String expected) {
        assertThat(Bakery.schema(Bakery.schemas("{ Bread: " + schema + " }"), "Bread"))
                .isEqualTo(Bakery.yaml(expected));
    }

    @Test
    void shouldLeaveOutAMemberWhoseNameNeedsAnEscape() {
        Normalized normalized = Bakery.schemas(
                "{ Bread: { type: object, required: [ 'a\"b', c ], properties: { 'a\"b': { type: string }, c: { type:"
                        + " string } } } }");

        assertThat(Bakery.schema(normalized, "Bread"))
                .isEqualTo(Bakery.yaml("{ type: object, required: [ c ], properties: { c: { type: string } } }"));
    }
}
