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

class BundleTest {

    private final Bundle bundle = Bundle.load();

    @Test
    void shouldParseWithoutMessages() throws IOException {
        String yaml = new String(Bundle.url("yaml").openStream().readAllBytes(), StandardCharsets.UTF_8);
        ParseOptions options = new ParseOptions();
        options.setResolve(true);

        SwaggerParseResult result = new OpenAPIV3Parser().readContents(yaml, null, options);

        assertThat(result.getMessages()).isEmpty();
        assertThat(result.getOpenAPI().getPaths().values().stream()
                        .mapToInt(item -> item.readOperations().size())
                        .sum())
                .isEqualTo(bundle.operations().size());
    }

    @Test
    void shouldBeTheSameInYamlAndJson() throws IOException {
        JsonNode yaml = new YAMLMapper().readTree(Bundle.url("yaml"));

        assertThat(yaml).isEqualTo(bundle.root());
    }

    @Test
    void shouldReferToItselfOnly() {
        List<String> references = new ArrayList<>();
        collectReferences(bundle.root(), references);

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                bundle.root().at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    private static void collectReferences(JsonNode node, List<String> references) {
        if (node.path("$ref").isTextual()) {
            references.add(node.path("$ref").asText());
        }
        node.forEach(child -> collectReferences(child, references));
    }
}
