package io.github.defenderreactive.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small valid description, and runs of the generator over it without the framework. */
final class Garden {

    static final String DESCRIPTION = """
            openapi: 3.1.0
            x-defender-api: garden
            info: { title: Garden, version: '1' }
            servers: [ { url: 'https://garden.example' } ]
            security: [ { oauth: [ read ] } ]
            tags: [ { name: plants } ]
            paths:
              /plants/{id}:
                get:
                  operationId: getPlant
                  tags: [ plants ]
                  summary: Gets a plant.
                  description: One plant.
                  x-defender-permissions: { application: [], delegated: [] }
                  x-defender-quota: {}
                  x-defender-paging: { strategy: none }
                  x-defender-replay: safe
                  x-defender-timeout: PT1M
                  x-defender-source: none
                  parameters:
                    - { name: id, in: path, required: true, schema: { type: string } }
                    - { name: top, in: query, schema: { type: integer, format: int32 } }
                    - { name: share, in: query, schema: { type: number } }
                    - { name: tag, in: query, explode: false, schema: { type: array, items: { type: string } } }
                  responses:
                    '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Plant' } } } }
            components:
              schemas:
                Plant:
                  type: object
                  properties:
                    name: { type: string }
                    height: { type: integer }
                Bed: { type: object, properties: { raised: { type: boolean } } }
            """;

    private Garden() {}

    /** Returns the description with another text in one place. */
    static String replaced(String old, String replacement) {
        assertThat(DESCRIPTION).containsOnlyOnce(old);
        return DESCRIPTION.replace(old, replacement);
    }

    static void generate(String description, Path folder) throws IOException {
        generate(description, folder, "garden");
    }

    /** Runs the generator with packages below another one and the folder {@code out} as output. */
    static void generate(String description, Path folder, String packageName) throws IOException {
        Path file = Files.writeString(folder.resolve("garden.yaml"), description);
        DefenderReactiveCodegen generator = new DefenderReactiveCodegen();
        generator.setInputSpec(file.toString());
        generator.setOutputDir(folder.resolve("out").toString());
        generator.setApiPackage(packageName + ".api");
        generator.setModelPackage(packageName + ".model");
        generator.processOpts();
        generator.processOpenAPI(new OpenAPI());
    }
}
