package io.github.defenderreactive.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.model.Build;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoalsTest {

    static final String DESCRIPTION = """
            openapi: 3.1.0
            x-defender-api: bakery
            info: { title: Bakery, version: '1' }
            tags: [ { name: loaves } ]
            paths:
              /loaves/{id}:
                get:
                  operationId: getLoaf
                  tags: [ loaves ]
                  summary: Gets a loaf.
                  description: One loaf.
                  x-defender-permissions: { application: [], delegated: [] }
                  x-defender-quota: {}
                  x-defender-paging: { strategy: none }
                  x-defender-replay: safe
                  x-defender-timeout: PT1M
                  x-defender-source: none
                  parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                  responses:
                    '200': { description: ok, content: { application/json: { schema: { $ref: 'models.yaml#/Loaf' } } } }
            """;

    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final MavenProject project = new MavenProject();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("api.yaml"), DESCRIPTION);
        Files.writeString(
                folder.resolve("models.yaml"), "Loaf: { type: object, properties: { crust: { type: string } } }");
        Build build = new Build();
        build.setDirectory(folder.resolve("target").toString());
        project.setBuild(build);
        project.setFile(folder.resolve("pom.xml").toFile());
    }

    private <T extends DescriptionMojo> T goal(T goal, String description) {
        goal.project = project;
        goal.execution = new MojoExecution(new MojoDescriptor(), "bakery");
        goal.description = description;
        goal.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence content) {
                warnings.add(content.toString());
            }
        });
        return goal;
    }

    private GenerateMojo generate(String basePackage) {
        GenerateMojo goal = goal(new GenerateMojo(), "api.yaml");
        goal.basePackage = basePackage;
        goal.output = folder.resolve("target/generated").toFile();
        return goal;
    }

    private File overlay(String action) throws IOException {
        return Files.writeString(folder.resolve("ours.yaml"), """
                overlay: 1.0.0
                info: { title: Ours, version: '1' }
                actions:
                  - { %s }
                """.formatted(action))
                .toFile();
    }

    private Path generated(String file) {
        return folder.resolve("target/generated").resolve(file);
    }

    @Test
    void shouldGenerateAndAddTheSources() throws Exception {
        GenerateMojo goal = generate("org.example.bakery");
        goal.overlays = List.of(overlay(
                "target: $.components.schemas.Loaf.properties, update: { weight: { type: integer, format: int32 } }"));

        goal.execute();

        assertThat(generated("org/example/bakery/model/Loaf.java"))
                .content()
                .contains("public @Nullable Integer weight()")
                .contains("Added by the overlay {@code ours.yaml}.");
        assertThat(generated("org/example/bakery/query")).exists();
        assertThat(project.getCompileSourceRoots())
                .containsExactly(folder.resolve("target/generated").toString());
        assertThat(folder.resolve("target/defender-reactive/bakery/description.yaml"))
                .content()
                .contains("weight:");
        assertThat(folder.resolve("target/defender-reactive/extensions.schema.json"))
                .content()
                .contains("\"x-defender-paging\"");
        assertThat(warnings).isEmpty();
    }

    @Test
    void shouldKeepTheFilesOfOtherExecutionsAndWriteNothingTwice() throws Exception {
        generate("org.example.one").execute();
        Path loaf = generated("org/example/one/model/Loaf.java");
        FileTime old = FileTime.fromMillis(1_000_000_000);
        Files.setLastModifiedTime(loaf, old);

        generate("org.example.two").execute();
        generate("org.example.one").execute();

        assertThat(generated("org/example/two/model/Loaf.java")).exists();
        assertThat(Files.getLastModifiedTime(loaf)).isEqualTo(old);
    }

    @Test
    void shouldReportAllFindingsInTheFilesOfTheDescription() throws IOException {
        Files.writeString(folder.resolve("models.yaml"), """
                Loaf:
                  type: object
                  properties:
                    crust: { type: crisp }
                    crumb: { type: string, maximum: 3 }
                """);

        assertThatThrownBy(goal(new CheckMojo(), "api.yaml")::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("""
                        2 findings in the description:
                        models.yaml:4:14 #/components/schemas/Loaf/properties/crust/type: unknown type crisp; the types are array, boolean, integer, null, number, object and string
                        models.yaml:5:28 #/components/schemas/Loaf/properties/crumb/maximum: is for numbers, but the type is string; remove it""");
    }

    @Test
    void shouldWarnOfAnActionThatSelectsNothing() throws Exception {
        CheckMojo goal = goal(new CheckMojo(), "api.yaml");
        goal.overlays = List.of(overlay("target: $.components.schemas.Roll, remove: true"));

        goal.execute();

        String warning = "ours.yaml:4:5 #/actions/0: the target $.components.schemas.Roll selects nothing in the"
                + " description; correct the path, or remove the action";
        assertThat(warnings).containsExactly(warning);

        goal.strict = true;
        assertThatThrownBy(goal::execute).hasMessage("1 finding in the description:\n" + warning);
    }

    @Test
    void shouldFindDescriptionsByName() throws Exception {
        goal(new CheckMojo(), "defender-xdr").execute();

        assertThat(folder.resolve("target/defender-reactive/bakery/defender-xdr.yaml"))
                .exists();
        for (String name : List.of("defender-cloud", "../defender-xdr")) {
            assertThatThrownBy(goal(new CheckMojo(), name)::execute)
                    .hasMessage("1 finding in the description:\ndescription " + name + " is unknown; name one of"
                            + " defender-endpoint, defender-xdr, graph-security, or a file that ends with .yaml, .yml,"
                            + " .json");
        }
    }

    @Test
    void shouldNameMissingParameters() {
        assertThatThrownBy(generate(null)::execute)
                .hasMessage("1 finding in the description:\nbasePackage is missing; add <basePackage>, such as"
                        + " com.example.security");
        assertThatThrownBy(goal(new CheckMojo(), "missing.yaml")::execute)
                .hasMessage("1 finding in the description:\nmissing.yaml: no such file; correct the name");
    }
}
