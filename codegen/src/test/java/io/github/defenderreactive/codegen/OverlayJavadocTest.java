package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.defenderreactive.codegen.internal.overlay.Overlay;
import io.github.defenderreactive.codegen.internal.overlay.Overlays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayJavadocTest {

    @TempDir
    Path folder;

    @Test
    void shouldNameTheOverlayInJavadoc() throws IOException {
        Path file = Files.writeString(folder.resolve("ours.overlay.yaml"), """
                overlay: 1.0.0
                info: { title: Ours, version: '1' }
                actions:
                  - target: $.components.schemas.Plant.properties
                    update: { colour: { type: string, description: The colour. }, name: { deprecated: true } }
                  - target: $.components.schemas
                    update:
                      Pot: { type: object, properties: { clay: { type: boolean } } }
                      Light: { type: string, x-defender-open: true, enum: [ Sun, Shade ] }
                  - target: $..[?@.operationId == 'getPlant']
                    update: { x-defender-timeout: PT2M }
                """);
        ObjectNode document = (ObjectNode) new YAMLMapper().readTree(Garden.DESCRIPTION);

        Garden.generate(
                Overlays.apply(document, List.of(Overlay.read(file))).document().toString(), folder);

        String added = "* <p>Added by the overlay {@code ours.overlay.yaml}.\n";
        String changed = "* <p>Changed by the overlay {@code ours.overlay.yaml}.\n";
        assertThat(java("Plant"))
                .contains("* The colour.\n     *\n     " + added)
                .contains("* The member {@code name}.\n     *\n     " + changed);
        assertThat(java("Pot")).contains(" " + added + " */\npublic final class Pot");
        assertThat(java("Light")).contains(" " + added + " */\npublic final class Light");
        assertThat(java("PlantsApi")).containsOnlyOnce(changed);
    }

    private String java(String type) throws IOException {
        return Nasty.javaFiles(folder).entrySet().stream()
                .filter(file -> file.getKey().endsWith("/" + type + ".java"))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
