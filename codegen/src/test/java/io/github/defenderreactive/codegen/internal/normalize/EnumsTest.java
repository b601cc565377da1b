package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnumsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ enum: [ a, b ] } | { enum: [ a, b ], type: string, x-defender-open: true }",
                "{ type: string, enum: [ a, a, 1, true ] } | { type: string, enum: [ a, '1', 'true' ], x-defender-open: true }",
                "{ enum: [ 1, 2 ] } | { enum: [ 1, 2 ], type: integer, x-defender-open: true }",
                "{ type: string, x-defender-open: true, enum: [] } | { type: string }",
                "{ type: number, enum: [ 1.5 ] } | { type: number }",
                "{ type: boolean, enum: [ true ] } | { type: boolean }",
                "{ type: integer, enum: [ 1, a ] } | { type: integer }",
                "{ type: string, enum: [ a, b ], x-enum-varnames: [ FIRST, SECOND ] } | { type: string, enum: [ a, b ],"
                        + " x-enum-varnames: [ FIRST, SECOND ], x-defender-names: { a: FIRST, b: SECOND }, x-defender-open: true"
                        + " }",
                "{ type: string, enum: [ a, b ], x-enum-varnames: [ first, first ] } | { type: string, enum: [ a, b ],"
                        + " x-enum-varnames: [ first, first ], x-defender-open: true }",
            })
    void shouldBeOpenAndOfOneType(String schema, String expected) {
        assertThat(Bakery.schema(Bakery.schemas("{ Kind: " + schema + " }"), "Kind"))
                .isEqualTo(Bakery.yaml(expected));
    }
}
