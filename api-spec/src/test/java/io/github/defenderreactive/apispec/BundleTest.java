package io.github.defenderreactive.apispec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundleTest {

    private static final String APIS = "io.github.defenderreactive.apispec.Bundle#apis";

    @ParameterizedTest
    @MethodSource(APIS)
    void shouldParseWithoutMessages(String api) throws IOException {
        String yaml = new String(Bundle.url(api, "yaml").openStream().readAllBytes(), StandardCharsets.UTF_8);
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        SwaggerParseResult result = new OpenAPIV3Parser().readContents(yaml, null, options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths().values().stream()
                        .mapToInt(item -> item.readOperations().size())
                        .sum())
                .isEqualTo(Bundle.load(api).operations().size());
    }

    @ParameterizedTest
    @MethodSource(APIS)
    void shouldBeTheSameInYamlAndJson(String api) throws IOException {
        JsonNode yaml = new YAMLMapper().readTree(Bundle.url(api, "yaml"));

        assertThat(yaml).isEqualTo(Bundle.load(api).root());
    }

    @ParameterizedTest
    @MethodSource(APIS)
    void shouldReferToItselfOnly(String api) {
        Bundle bundle = Bundle.load(api);
        List<String> references = new ArrayList<>();
        collectReferences(bundle.root(), references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                bundle.root().at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void shouldGiveAnOperationIdOnce() {
        assertThat(Bundle.apis().stream().flatMap(api -> Bundle.load(api).operations().keySet().stream()))
                .doesNotHaveDuplicates();
    }

    /** A limiter counts by group, and one limiter serves all APIs. */
    @Test
    void shouldShareNoQuotaGroupBetweenApis() {
        List<String> groups = Bundle.apis().stream()
                .flatMap(api -> Bundle.load(api).operations().values().stream()
                        .map(operation ->
                                operation.node().at("/x-defender-quota/group").asText())
                        .distinct())
                .toList();

        assertThat(groups).isNotEmpty().doesNotHaveDuplicates();
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collectReferences(child, references));
    }
}
