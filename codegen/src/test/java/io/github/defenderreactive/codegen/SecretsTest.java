package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.description.Element;
import io.github.defenderreactive.codegen.internal.view.ModelView;
import io.github.defenderreactive.codegen.internal.view.Sources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

    private static ModelView plant(String member) throws Exception {
        String description = Garden.replaced("height: { type: integer }", "height: " + member)
                + "    Hidden: { type: string, format: password }\n";
        Element root = Element.root((ObjectNode) new YAMLMapper().readTree(description));
        return new Sources(root, Nasty.PACKAGES)
                .all().stream()
                        .map(source -> source.view())
                        .filter(view ->
                                view instanceof ModelView model && model.name().equals("Plant"))
                        .map(ModelView.class::cast)
                        .findFirst()
                        .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ type: string, x-defender-secret: true }",
                "{ type: string, format: password }",
                "{ type: integer, writeOnly: true }",
                "{ $ref: '#/components/schemas/Hidden' }"
            })
    void shouldHide(String member) throws Exception {
        assertThat(plant(member).members())
                .filteredOn(ModelView.Member::secret)
                .extracting(ModelView.Member::field)
                .containsExactly("height");
    }

    @Test
    void shouldShowOtherMembers() throws Exception {
        assertThat(plant("{ type: string, writeOnly: false, format: uuid }").hides())
                .isFalse();
    }
}
