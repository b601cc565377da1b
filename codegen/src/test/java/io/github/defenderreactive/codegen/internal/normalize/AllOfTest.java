package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.defenderreactive.codegen.internal.description.DescriptionException;
import io.github.defenderreactive.codegen.internal.description.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllOfTest {

    private static final String OTHERS =
            "Flour: { type: object, description: Of flour., required: [ a ], properties: { a:"
                    + " { type: string } } }, Kind: { type: string, x-defender-open: true, enum: [ a, b ] }";

    private static JsonNode it(String schema) {
        return Bakery.at(Bakery.member(schema, OTHERS), "/components/schemas/Bread/properties/it");
    }

    private static JsonNode named(String schema) {
        return Bakery.schema(Bakery.schemas("{ Bread: " + schema + ", " + OTHERS + " }"), "Bread");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ description: x, allOf: [ { $ref: '#/components/schemas/Flour' } ] } | { $ref: '#/components/schemas/Flour',"
                        + " description: x }",
                "{ allOf: [ { $ref: '#/components/schemas/Kind' }, { description: y, deprecated: true } ] } | { $ref:"
                        + " '#/components/schemas/Kind', description: y, deprecated: true }",
                "{ type: object, allOf: [ { $ref: '#/components/schemas/Flour' } ], nullable: true } | { $ref:"
                        + " '#/components/schemas/Flour' }",
                "{ allOf: [ { allOf: [ { $ref: '#/components/schemas/Flour' } ] } ] } | { $ref: '#/components/schemas/Flour' }",
                "{ allOf: [ { type: string }, { maxLength: 3 } ] } | { maxLength: 3, type: string }",
            })
    void shouldUnwrapASinglePart(String schema, String expected) {
        assertThat(it(schema)).isEqualTo(Bakery.yaml(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ allOf: [ { $ref: '#/components/schemas/Flour' }, { type: object, required: [ b ], properties: { b: { type:"
                        + " integer } } } ] } | { type: object, properties: { a: { type: string }, b: { type: integer } },"
                        + " required: [ a, b ] }",
                "{ description: own, allOf: [ { $ref: '#/components/schemas/Flour' } ], properties: { b: { type: integer } } } |"
                        + " { description: own, type: object, properties: { a: { type: string }, b: { type: integer } },"
                        + " required: [ a ] }",
                "{ $ref: '#/components/schemas/Flour', properties: { b: { type: integer } } } | { type: object, properties: { a:"
                        + " { type: string }, b: { type: integer } }, required: [ a ] }",
                "{ allOf: [ { $ref: '#/components/schemas/Flour' }, { properties: { a: { type: string, maxLength: 3 } } } ] } |"
                        + " { type: object, properties: { a: { type: string, maxLength: 3 } }, required: [ a ] }",
                "{ allOf: [ { $ref: '#/components/schemas/Flour' }, { required: [ a ] } ] } | { type: object, properties: { a: {"
                        + " type: string } }, required: [ a ] }",
                "{ type: object, properties: { a: { type: string } }, anyOf: [ { required: [ a ] }, { required: [ b ] } ] } | {"
                        + " type: object, properties: { a: { type: string } } }",
                "{ properties: { a: { type: string } }, oneOf: [ { $ref: '#/components/schemas/Flour' }, { properties: { c: {"
                        + " type: boolean } } } ] } | { type: object, properties: { a: { type: string }, c: { type: boolean } }"
                        + " }",
            })
    void shouldMergeSeveralParts(String schema, String expected) {
        assertThat(named(schema)).isEqualTo(Bakery.yaml(expected));
    }

    @Test
    void shouldMergeOverSeveralLevels() {
        Normalized normalized =
                Bakery.schemas("{ A: { allOf: [ { $ref: '#/components/schemas/B' }, { properties: { a: {"
                        + " type: string } } } ] }, B: { allOf: [ { $ref: '#/components/schemas/C' }, { properties: { b: { type:"
                        + " string } } } ] }, C: { properties: { c: { $ref: '#/components/schemas/A' } } } }");

        assertThat(Bakery.schema(normalized, "A").path("properties").fieldNames())
                .toIterable()
                .containsExactly("c", "b", "a");
        assertThat(normalized.original(Pointer.parse("/components/schemas/A/properties/c/$ref")))
                .hasToString("/components/schemas/C/properties/c/$ref");
        assertThat(normalized.original(Pointer.parse("/components/schemas/A/properties/a")))
                .hasToString("/components/schemas/A/allOf/1/properties/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ allOf: [ { $ref: '#/components/schemas/Flour' }, { type: string } ] } | #/components/schemas/Bread/allOf/1:"
                        + " allOf joins the types object and string, and no value has both; remove one of them, or use oneOf",
                "{ allOf: [ { $ref: '#/components/schemas/Flour' }, { properties: { a: { type: integer } } } ] } |"
                        + " #/components/schemas/Bread/allOf/1/properties/a: allOf joins two members a, of the types string and"
                        + " integer, and no value has both; remove one of them, or give both the same type",
                "{ allOf: [ { $ref: '#/components/schemas/Bread' }, { properties: { a: { type: string } } } ] } |"
                        + " #/components/schemas/Bread: allOf leads back to the schema itself: Bread > Bread; remove it from one"
                        + " of them",
                "{ allOf: [ { $ref: '#/components/schemas/Rye' }, { properties: { a: { type: string } } } ] } |"
                        + " #/components/schemas/Bread/allOf/0: unresolved reference #/components/schemas/Rye; correct the name,"
                        + " or add the schema",
            })
    void shouldRefuse(String schema, String message) {
        assertThatThrownBy(() -> named(schema))
                .isInstanceOf(DescriptionException.class)
                .hasMessage(message);
    }
}
