package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JavaNameClashesTest {

    private static final String NAME = "x-defender-name";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ '+1': {}, '-1': {} } | { -1: _1_2 }",
                "{ _name: {}, name: {} } | { _name: name_2 }",
                "{ a-b: {}, a_b: {}, ab: {} } | { a-b: ab_2, a_b: ab_3 }",
                "{ a-b: { x-defender-name: ab }, ab: {} } | { a-b: ab, ab: ab_2 }",
                "{ id: {}, $id: { x-defender-name: second } } | { $id: second }",
                "{ type: {}, '@odata.type': {} } | {}",
            })
    void shouldNameMembers(String properties, String expected) {
        Normalized normalized = Bakery.schemas("{ Bread: { properties: " + properties + " } }");

        Map<String, String> names = new TreeMap<>();
        Bakery.schema(normalized, "Bread").path("properties").properties().forEach(entry -> {
            if (entry.getValue().has(NAME)) {
                names.put(entry.getKey(), entry.getValue().path(NAME).asText());
            }
        });
        Map<String, String> wanted = new TreeMap<>();
        Bakery.yaml(expected)
                .properties()
                .forEach(entry -> wanted.put(entry.getKey(), entry.getValue().asText()));
        assertThat(names).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[ asc, ASC ] | { asc: ASC_2 }",
                "[ a-b, a_b, c ] | { a_b: A_B_2 }",
                "[ a, b ] | null",
            })
    void shouldNameValues(String values, String expected) {
        Normalized normalized = Bakery.schemas("{ Kind: { enum: " + values + " } }");

        assertThat(Bakery.schema(normalized, "Kind").path("x-defender-names").toString())
                .isEqualTo(expected.equals("null") ? "" : Bakery.yaml(expected).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "thing, Thing, thing=Thing2",
        "a.b, a-b, a-b=AB2",
        "Operation, Bread, Operation=OperationModel",
        "GetBreadsQuery, Bread, GetBreadsQuery=GetBreadsQueryModel",
        "DefaultApi, Bread, DefaultApi=DefaultApiModel",
        "Bread, Roll, ''",
    })
    void shouldNameClasses(String first, String second, String expected) {
        Normalized normalized = Bakery.of(
                "{ /breads: { get: { responses: {} } } }",
                "{ schemas: { " + first + ": { type: object }, " + second + ": { type: object } } }");

        StringBuilder names = new StringBuilder();
        Bakery.at(normalized, "/components/schemas").properties().forEach(entry -> {
            if (entry.getValue().has(NAME)) {
                names.append(entry.getKey())
                        .append('=')
                        .append(entry.getValue().path(NAME).asText());
            }
        });
        assertThat(names).hasToString(expected);
    }

    @Test
    void shouldNameParametersOfOneOperation() {
        Normalized normalized = Bakery.of(
                "{ /breads: { parameters: [ { $ref: '#/components/parameters/top' } ], get: { parameters: [ { name: top,"
                        + " in: query, schema: { type: integer } }, { name: other, in: query, schema: { type: integer } }"
                        + " ], responses: {} }, put: { responses: {} } } }",
                "{ parameters: { top: { name: $top, in: query, schema: { type: integer } } } }");

        assertThat(Bakery.at(normalized, "/paths/~1breads/parameters/0/x-defender-name")
                        .asText())
                .isEqualTo("top_2");
        assertThat(Bakery.at(normalized, "/components/parameters/top").has(NAME))
                .isFalse();
        assertThat(Bakery.notes(normalized))
                .contains(
                        "#/paths/~1breads/parameters/0: the name of the parameter $top is taken in Java, so it is top_2;"
                                + " x-defender-name gives it another.");
    }
}
