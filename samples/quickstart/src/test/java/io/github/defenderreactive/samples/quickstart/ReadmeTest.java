package io.github.defenderreactive.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("defender.root"));

    @Test
    void shouldShowTheProgramThatCompiles() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        int from = readme.indexOf("```java\n") + "```java\n".length();
        String shown = readme.substring(from, readme.indexOf("```", from));

        String source = Files.readString(ROOT.resolve(
                "samples/quickstart/src/main/java/io/github/defenderreactive/samples/quickstart/StreamAlerts.java"));
        String tagged = source.substring(
                source.indexOf("// tag::stream[]\n") + "// tag::stream[]\n".length(),
                source.indexOf("        // end::stream[]"));

        assertThat(shown).isEqualTo(tagged.stripTrailing().stripIndent() + "\n");
    }
}
