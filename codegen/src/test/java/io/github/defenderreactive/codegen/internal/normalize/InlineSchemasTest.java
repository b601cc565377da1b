package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.defenderreactive.codegen.internal.description.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InlineSchemasTest {

    private static final String OBJECT = "{ type: object, properties: { a: { type: string } } }";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ properties: { address: OBJECT } } | OrderAddress | /components/schemas/Order/properties/address",
                "{ properties: { '@odata.link': OBJECT } } | OrderLink | /components/schemas/Order/properties/@odata.link",
                "{ properties: { lines: { type: array, items: OBJECT } } } | OrderLinesItem |"
                        + " /components/schemas/Order/properties/lines/items",
                "{ properties: { a: { type: object, properties: { b: OBJECT } } } } | OrderAB |"
                        + " /components/schemas/Order/properties/a/properties/b",
                "{ properties: { kind: { enum: [ x ] } } } | OrderKind | /components/schemas/Order/properties/kind",
                "{ type: array, items: OBJECT } | OrderItem | /components/schemas/Order/items",
                "{ properties: { by: { additionalProperties: OBJECT } } } | OrderByValue |"
                        + " /components/schemas/Order/properties/by/additionalProperties",
                "{ properties: { total: OBJECT } } | OrderTotal2 | /components/schemas/Order/properties/total",
                "{ properties: { a: { x-defender-name: Address, properties: { b: { type: string } } } } } | Address |"
                        + " /components/schemas/Order/properties/a",
            })
    void shouldNameByPlace(String schema, String name, String place) {
        Normalized normalized =
                Bakery.schemas("{ Order: " + schema.replace("OBJECT", OBJECT) + ", OrderTotal: { type: string } }");

        assertThat(Bakery.schema(normalized, name).isObject()).as(name).isTrue();
        assertThat(normalized.original(Pointer.parse("/components/schemas/" + name + "/properties/a")))
                .hasToString(place + "/properties/a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "requestBody: { content: { application/json: { schema: OBJECT } } } | ListBreadsRequest",
                "requestBody: { content: { multipart/form-data: { schema: OBJECT } } } | ListBreadsForm",
                "responses: { '200': { description: x, content: { application/json: { schema: OBJECT } } } } |"
                        + " ListBreadsResponse",
                "responses: { '200': { $ref: '#/components/responses/Page' } } | PageResponse",
                "parameters: [ { name: sort, in: query, schema: { enum: [ a ] } } ] | ListBreadsSort",
                "parameters: [ { $ref: '#/components/parameters/order' } ] | Order",
            })
    void shouldNameWhatAnOperationHas(String operation, String name) {
        Normalized normalized = Bakery.operation(
                "{ operationId: listBreads, " + operation.replace("OBJECT", OBJECT) + " }",
                "{ parameters: { order: { name: o, in: query, schema: { enum: [ a ] } } }, responses: { Page: {"
                        + " description: x, content: { application/json: { schema: " + OBJECT + " } } } } }");

        assertThat(Bakery.schema(normalized, name).isObject())
                .as(normalized.document().toString())
                .isTrue();
    }

    @Test
    void shouldKeepWhatIsSaidAboutTheMember() {
        Normalized normalized = Bakery.member(
                "{ type: string, enum: [ a ], description: x, deprecated: true, x-defender-name: kind }", "");

        assertThat(Bakery.at(normalized, "/components/schemas/Bread/properties/it"))
                .isEqualTo(Bakery.yaml("{ $ref: '#/components/schemas/BreadIt', description: x, deprecated: true,"
                        + " x-defender-name: kind }"));
        assertThat(Bakery.schema(normalized, "BreadIt"))
                .isEqualTo(Bakery.yaml(
                        "{ type: string, enum: [ a ], description: x, deprecated: true, x-defender-open:" + " true }"));
    }

    @Test
    void shouldRefuseOneNameForTwoSchemas() {
        assertThatThrownBy(() -> Bakery.member(
                        "{ x-defender-name: Flour, properties: { z: { type: string } } }", "Flour: " + OBJECT))
                .hasMessage("#/components/schemas/Bread/properties/it: another schema has the name Flour too; choose"
                        + " another x-defender-name");
    }
}
