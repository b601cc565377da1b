package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type: string, nullable: true } | { type: string }",
                "{ anyOf: [ { $ref: '#/components/schemas/Flour' }, { type: 'null' } ] } | { $ref:"
                        + " '#/components/schemas/Flour' }",
                "{ description: x, oneOf: [ { type: [ 'null' ] }, { $ref: '#/components/schemas/Flour' } ] } | { $ref:"
                        + " '#/components/schemas/Flour', description: x }",
                "{ anyOf: [ { $ref: '#/components/schemas/Flour' }, { type: object, nullable: true } ] } | { $ref:"
                        + " '#/components/schemas/Flour' }",
                "{ anyOf: [ { const: null }, { type: integer } ] } | { type: integer }",
                "{ oneOf: [ { type: string }, { enum: [ null ] } ] } | { type: string }",
                "{ type: [ string, 'null' ], format: date-time } | { type: [ string, 'null' ], format: date-time }",
                "{ type: array, items: { type: string, nullable: true } } | { type: array, items: { type: string } }",
                "{ oneOf: [ { type: [ string, 'null' ] }, { type: string, nullable: true } ] } | { type: string }",
            })
    void shouldTakeNullAway(String schema, String expected) {
        Normalized normalized = Bakery.member(schema, "Flour: { type: object, properties: { a: { type: string } } }");

        assertThat(Bakery.at(normalized, "/components/schemas/Bread/properties/it"))
                .isEqualTo(Bakery.yaml(expected));
        assertThat(normalized.notes()).hasSize(1).allMatch(note -> note.text().contains("x-defender-api"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ type: string, enum: [ a, null, b ] } | { type: string, enum: [ a, b ], x-defender-open: true }",
                "{ type: [ string, 'null' ], enum: [ a, null ], x-defender-open: true } | { type: [ string, 'null' ], enum: [ a"
                        + " ], x-defender-open: true }",
            })
    void shouldTakeNullFromAnEnumeration(String schema, String expected) {
        assertThat(Bakery.schema(Bakery.schemas("{ Kind: " + schema + " }"), "Kind"))
                .isEqualTo(Bakery.yaml(expected));
    }
}
