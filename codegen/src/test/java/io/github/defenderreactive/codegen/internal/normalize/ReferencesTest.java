package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.defenderreactive.codegen.internal.description.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferencesTest {

    private static final String FLOUR = "Flour: { $id: /bakery/flour, type: object, properties: { a: { $anchor: grain,"
            + " type: string }, b: { $ref: '#grain' } }, $defs: { Mill: { type: string } } }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#/components/schemas/Flour | #/components/schemas/Flour",
                "#/components/schemas/Fl%6Fur | #/components/schemas/Fl%6Fur",
                "/bakery/flour | #/components/schemas/Flour",
                "/bakery/flour#grain | #/components/schemas/FlourA",
                "/bakery/flour#/properties/a | #/components/schemas/FlourA",
                "#/components/schemas/Flour/properties/a | #/components/schemas/FlourA",
                "#/components/schemas/Flour/$defs/Mill | #/components/schemas/FlourMill",
                "#/components/schemas/Rye | #/components/schemas/Rye",
                "rye.yaml#/Rye | rye.yaml#/Rye",
                "#rye | #rye",
            })
    void shouldPointToANamedSchema(String reference, String expected) {
        Normalized normalized = Bakery.member("{ $ref: '" + reference + "' }", FLOUR);

        assertThat(Bakery.at(normalized, "/components/schemas/Bread/properties/it/$ref")
                        .asText())
                .isEqualTo(expected);
    }

    @Test
    void shouldMoveTheSchemaThatIsReferredTo() {
        Normalized normalized = Bakery.member("{ $ref: '#/components/schemas/Flour/properties/a' }", FLOUR);

        assertThat(Bakery.schema(normalized, "FlourA").path("type").asText()).isEqualTo("string");
        assertThat(Bakery.schema(normalized, "Flour").at("/properties/a/$ref").asText())
                .isEqualTo("#/components/schemas/FlourA");
        assertThat(Bakery.schema(normalized, "Flour").at("/properties/b/$ref").asText())
                .isEqualTo("#/components/schemas/FlourA");
        assertThat(normalized.original(Pointer.parse("/components/schemas/FlourA/type")))
                .hasToString("/components/schemas/Flour/properties/a/type");
    }
}
