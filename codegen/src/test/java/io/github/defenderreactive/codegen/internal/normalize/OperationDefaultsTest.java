package io.github.defenderreactive.codegen.internal.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationDefaultsTest {

    private static final String PAGE = "/breads: { get: { responses: { '200': { description: x, content: {"
            + " application/json: { schema: { $ref: '#/components/schemas/Page' } } } } } } }";

    @ParameterizedTest
    @CsvSource({"get, safe", "put, safe", "delete, safe", "post, unsafe", "patch, unsafe"})
    void shouldAddWhatIsMissing(String method, String replay) {
        Normalized normalized = Bakery.of("{ /breads: { " + method + ": { operationId: x, responses: {} } } }", "{}");

        JsonNode operation = Bakery.at(normalized, "/paths/~1breads/" + method);
        assertThat(operation)
                .isEqualTo(Bakery.yaml("{ operationId: x, responses: { 2XX: { description: '' } }, summary: '',"
                        + " description: '', x-defender-source: '', x-defender-permissions: { application: [], delegated:"
                        + " [] }, x-defender-quota: {}, x-defender-paging: { strategy: none }, x-defender-replay: "
                        + replay + ", x-defender-timeout: PT1M, tags: [ Default ] }"));
        assertThat(normalized.document().path("tags")).isEqualTo(Bakery.yaml("[ { name: Default } ]"));
        assertThat(normalized.document().path("x-defender-api").asText()).isEqualTo("bakery");
        assertThat(Bakery.notes(normalized)).contains("#: x-defender-timeout is missing, and is PT1M (1 operation).");
    }

    @Test
    void shouldKeepWhatIsThere() {
        String operation = "{ operationId: x, tags: [ a ], summary: s, description: d, x-defender-source: p,"
                + " x-defender-permissions: { application: [ A ], delegated: [] }, x-defender-quota: { perMinute: 1 },"
                + " x-defender-paging: { strategy: none }, x-defender-replay: safe, x-defender-timeout: PT5M, responses: {"
                + " '200': { description: x } } }";

        assertThat(Bakery.get(Bakery.operation(operation, "{}"))).isEqualTo(Bakery.yaml(operation));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | Default",
                "[ a ] | a",
                "[ a, b ] | a",
                "[ A-b ] | A-b",
            })
    void shouldHaveOneTagThatIsListed(String tags, String expected) {
        Normalized normalized = Bakery.operation("{ operationId: x, tags: " + tags + ", responses: {} }", "{}");

        assertThat(Bakery.get(normalized).at("/tags")).isEqualTo(Bakery.yaml("[ " + expected + " ]"));
        assertThat(normalized.document().path("tags")).isEqualTo(Bakery.yaml("[ { name: " + expected + " } ]"));
    }

    @Test
    void shouldJoinTagsOfOneClass() {
        Normalized normalized = Bakery.of(
                "{ /a: { get: { tags: [ big-ovens ], responses: {} } }, /b: { get: { tags: [ BigOvens ], responses: {} } }"
                        + " }",
                "{}");

        assertThat(Bakery.at(normalized, "/paths/~1b/get/tags/0").asText()).isEqualTo("big-ovens");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ value: { type: array, items: { type: string } }, '@odata.nextLink': { type: string, nullable: true } } |"
                        + " next-link",
                "{ value: { type: array, items: { type: string } }, '@odata.count': { type: integer } } | next-link",
                "{ value: { type: array, items: { type: string } }, '@odata.count': { type: integer }, total: { type: integer } } |"
                        + " none",
                "{ value: { type: array, items: { type: string } } } | next-link",
                "{ value: { type: string }, '@odata.nextLink': { type: string } } | none",
                "{ value: { type: array, items: { type: array, items: { type: string } } }, '@odata.nextLink': { type: string } } |"
                        + " none",
            })
    void shouldRecognizePages(String properties, String strategy) {
        Normalized normalized =
                Bakery.of("{ " + PAGE + " }", "{ schemas: { Page: { properties: " + properties + " } } }");

        assertThat(Bakery.get(normalized).at("/x-defender-paging/strategy").asText())
                .isEqualTo(strategy);
        assertThat(Bakery.schema(normalized, "Page").has("x-defender-collection"))
                .isEqualTo(strategy.equals("next-link"));
    }

    @Test
    void shouldNotFollowPagesOfASchemaThatIsAlsoAMember() {
        Normalized normalized = Bakery.of(
                "{ " + PAGE + " }",
                "{ schemas: { Page: { properties: { value: { type: array, items: { type: string } }, '@odata.nextLink': {"
                        + " type: string } } }, Other: { properties: { page: { $ref: '#/components/schemas/Page' } } } } }");

        assertThat(Bakery.get(normalized).at("/x-defender-paging/strategy").asText())
                .isEqualTo("none");
        assertThat(Bakery.notes(normalized)).anyMatch(note -> note.contains("pages are not followed"));
    }
}
