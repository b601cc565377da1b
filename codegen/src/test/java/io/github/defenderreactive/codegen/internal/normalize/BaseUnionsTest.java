package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BaseUnionsTest {

    private static final String EXTENDING =
            "{ allOf: [ { $ref: '#/components/schemas/%s' }, { properties: { %s: { type:" + " string } } } ] }";

    private static String schemas(String base) {
        return "{ Bread: " + base + ", Roll: " + EXTENDING.formatted("Bread", "seeds") + ", Bun: "
                + EXTENDING.formatted("Bread", "cream") + " }";
    }

    @Test
    void shouldMakeTheBaseAUnion() {
        Normalized normalized = Bakery.schemas(schemas("{ type: object, description: Any bread., properties: { kind: {"
                + " type: string }, weight: { type: integer } }, discriminator: { propertyName: kind, mapping: { roll:"
                + " '#/components/schemas/Roll' } } }"));

        assertThat(Bakery.schema(normalized, "Bread"))
                .isEqualTo(
                        Bakery.yaml("{ description: Any bread., oneOf: [ { $ref: '#/components/schemas/Roll' }, { $ref:"
                                + " '#/components/schemas/Bun' } ], discriminator: { propertyName: kind, mapping: { roll:"
                                + " '#/components/schemas/Roll', Bun: '#/components/schemas/Bun' } } }"));
        assertThat(Bakery.schema(normalized, "Bun").path("properties").fieldNames())
                .toIterable()
                .containsExactly("kind", "weight", "cream");
    }

    @Test
    void shouldGiveABaseThatIsACaseAClassOfItsOwn() {
        Normalized normalized = Bakery.schemas(schemas("{ type: object, properties: { kind: { type: string } },"
                + " discriminator: { propertyName: kind, mapping: { plain: Bread, roll: Roll, bun: Bun } } }"));

        assertThat(Bakery.schema(normalized, "Bread")
                        .at("/discriminator/mapping/plain")
                        .asText())
                .isEqualTo("#/components/schemas/BreadBase");
        assertThat(Bakery.schema(normalized, "BreadBase"))
                .isEqualTo(Bakery.yaml("{ type: object, properties: { kind: { type: string } } }"));
        assertThat(Bakery.notes(normalized))
                .contains("#/components/schemas/Bread: the schema is a union and one of the cases; values of the schema"
                        + " itself have the class BreadBase.");
    }

    @Test
    void shouldKeepAMiddleClassWithCases() {
        Normalized normalized = Bakery.schemas("{ Thing: { properties: { kind: { type: string } }, discriminator: {"
                + " propertyName: kind } }, Bread: { allOf: [ { $ref: '#/components/schemas/Thing' } ], discriminator: {"
                + " propertyName: kind } }, Roll: " + EXTENDING.formatted("Bread", "seeds") + " }");

        assertThat(Bakery.schema(normalized, "Thing").at("/discriminator/mapping"))
                .isEqualTo(
                        Bakery.yaml("{ Bread: '#/components/schemas/BreadBase', Roll: '#/components/schemas/Roll' }"));
        assertThat(Bakery.schema(normalized, "Bread").at("/discriminator/mapping"))
                .isEqualTo(Bakery.yaml("{ Roll: '#/components/schemas/Roll' }"));
    }

    @Test
    void shouldIgnoreADiscriminatorThatNoSchemaUses() {
        Normalized normalized = Bakery.schemas(
                "{ Bread: { type: object, properties: { kind: { type: string } }, discriminator: { propertyName: kind } } }");

        assertThat(Bakery.schema(normalized, "Bread"))
                .isEqualTo(Bakery.yaml("{ type: object, properties: { kind: { type: string } } }"));
        assertThat(Bakery.notes(normalized))
                .contains("#/components/schemas/Bread/discriminator: no schema extends this one, so it is ignored.");
    }
}
