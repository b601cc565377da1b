package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoicesTest {

    private static final String OTHERS = "Flour: { type: object, properties: { a: { type: string } } }, Salt: { type:"
            + " object, properties: { kind: { type: string } } }, Kind: { type: string, enum: [ a ] }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ oneOf: [ { type: string }, { type: string, format: uri } ] } | { type: string }",
                "{ anyOf: [ { type: integer }, { type: number } ] } | { type: number }",
                "{ anyOf: [ { $ref: '#/components/schemas/Kind' }, { type: string } ] } | { $ref: '#/components/schemas/Kind' }",
                "{ anyOf: [ { const: a }, { const: b, title: B } ] } | { $ref: '#/components/schemas/BreadIt' }",
                "{ oneOf: [ { type: string }, { type: integer } ], description: x } | { description: x, x-defender-any: true }",
                "{ oneOf: [ { type: [ string, 'null' ] }, { type: integer } ] } | { x-defender-any: true }",
                "{ anyOf: [ { $ref: '#/components/schemas/Flour' }, { $ref: '#/components/schemas/Salt' } ] } | {"
                        + " x-defender-any: true, x-defender-choices: [ Flour, Salt ] }",
                "{ anyOf: [ { $ref: '#/components/schemas/Flour' }, { type: array, items: { type: string } } ] } | {"
                        + " x-defender-any: true, x-defender-choices: [ Flour ] }",
            })
    void shouldHaveAPlainTypeOrBeFree(String schema, String expected) {
        Normalized normalized = Bakery.member(schema, OTHERS);

        assertThat(Bakery.at(normalized, "/components/schemas/Bread/properties/it"))
                .isEqualTo(Bakery.yaml(expected));
        assertThat(Bakery.notes(normalized).stream().anyMatch(note -> note.contains("JsonValue")))
                .isEqualTo(expected.contains("any"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ oneOf: [ { $ref: '#/components/schemas/Flour' }, { $ref: '#/components/schemas/Salt' } ], discriminator: {"
                        + " propertyName: kind } } | { Flour: '#/components/schemas/Flour', Salt: '#/components/schemas/Salt' }",
                "{ anyOf: [ { $ref: '#/components/schemas/Flour' }, { $ref: '#/components/schemas/Salt' } ], discriminator: {"
                        + " propertyName: kind, mapping: { f: Flour } } } | { f: Flour, Salt: '#/components/schemas/Salt' }",
                "{ oneOf: [ { properties: { kind: { const: r } } }, { properties: { kind: { type: string, enum: [ w ] } } } ],"
                        + " discriminator: { propertyName: kind } } | { r: '#/components/schemas/DoughOption1', w:"
                        + " '#/components/schemas/DoughOption2' }",
                "{ oneOf: [ { properties: { kind: { const: r } } }, { properties: { kind: { const: w } } } ] } | { r:"
                        + " '#/components/schemas/DoughOption1', w: '#/components/schemas/DoughOption2' }",
            })
    void shouldBeAUnion(String schema, String mapping) {
        Normalized normalized = Bakery.schemas("{ Dough: " + schema + ", " + OTHERS + " }");

        assertThat(Bakery.schema(normalized, "Dough").at("/discriminator/mapping"))
                .isEqualTo(Bakery.yaml(mapping));
        assertThat(Bakery.schema(normalized, "Dough").path("oneOf")).hasSize(2);
    }

    @Test
    void shouldAddTheMemberThatSelectsTheCase() {
        Normalized normalized = Bakery.schemas("{ Dough: { oneOf: [ { $ref: '#/components/schemas/Flour' }, { $ref:"
                + " '#/components/schemas/Salt' } ], discriminator: { propertyName: kind } }, " + OTHERS + " }");

        assertThat(Bakery.schema(normalized, "Flour")
                        .at("/properties/kind/type")
                        .asText())
                .isEqualTo("string");
        assertThat(Bakery.notes(normalized))
                .contains("#/components/schemas/Flour: the member kind, which selects the case, is added.");
    }
}
