package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationIdsTest {

    private static String id(Normalized normalized, String pointer) {
        return Bakery.at(normalized, pointer + "/operationId").asText();
    }

    @ParameterizedTest
    @CsvSource({
        "listBreads, listBreads",
        "ListBreads, listBreads",
        "breads/list-all, breadsListAll",
        "bakery.ListBreads_v2, bakeryListBreadsV2",
        "URLList, urlList",
        "1st, operation1st",
        "import, import",
        "'', getBreads",
        "äöü, operation"
    })
    void shouldConvert(String given, String expected) {
        assertThat(id(Bakery.operation("{ operationId: '" + given + "' }", "{}"), "/paths/~1breads/get"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/breads/{id}, getBreadsById",
        "/ovens/{oven-id}/breads, getOvensByOvenIdBreads",
        "/, get",
        "/breads(name='{name}'), getBreadsNameByName"
    })
    void shouldDeriveAMissingOneFromThePath(String path, String expected) {
        Normalized normalized = Bakery.of("{ \"" + path + "\": { get: {} } }", "{}");

        assertThat(id(normalized, "/paths/" + path.replace("/", "~1") + "/get")).isEqualTo(expected);
        assertThat(Bakery.notes(normalized)).anyMatch(note -> note.contains("has no operationId; it is " + expected));
    }

    @Test
    void shouldNumberADerivedOneThatIsTaken() {
        Normalized normalized = Bakery.of(
                "{ /a: { get: { operationId: get-bread }, put: { operationId: getBread } }, /b: { get: { operationId:"
                        + " GetBread } } }",
                "{}");

        assertThat(id(normalized, "/paths/~1a/get")).isEqualTo("getBread2");
        assertThat(id(normalized, "/paths/~1a/put")).isEqualTo("getBread");
        assertThat(id(normalized, "/paths/~1b/get")).isEqualTo("getBread3");
    }

    @Test
    void shouldLeaveAnIdentifierThatIsUsedTwiceToTheCheck() {
        Normalized normalized =
                Bakery.of("{ /a: { get: { operationId: get-bread } }, /b: { get: { operationId: get-bread } } }", "{}");

        assertThat(id(normalized, "/paths/~1a/get")).isEqualTo(id(normalized, "/paths/~1b/get"));
    }
}
